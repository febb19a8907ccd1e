import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mistake } from './mistake.ts';
import type { Serverless } from './serverless.ts';

/**
 * Finds the Region of a deployment for which neither `--region` nor serverless.yml names one, as the AWS command line
 * finds it: from the environment, else from the AWS profile. Without it the Serverless Framework would take us-east-1.
 * Nothing when a Region was chosen.
 */
export const regionUnlessChosen = async (
  serverless: Serverless,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> => {
  const { options = {} } = serverless.processedInput ?? {};
  if (options.region !== undefined || isChosen(serverless)) return undefined;

  const named = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  if (named) return named;
  try {
    return await regionOfProfile(options['aws-profile']);
  } catch (cause) {
    throw Object.assign(mistake(serverless, 'NO_REGION', SAY_REGION), { cause });
  }
};

/** The Serverless Framework has filled its default in by now, so that only the text can tell who chose that one. */
const isChosen = (serverless: Serverless): boolean => {
  if (serverless.getProvider('aws').getRegion() !== ITS_DEFAULT) return true;
  const { serviceDir, configurationFilename = 'serverless.yml' } = serverless;
  const text = readFileSync(join(serviceDir, configurationFilename), 'utf8');
  return /(?:^|[\s{,"'])region["']?\s*:/m.test(text);
};

const ITS_DEFAULT = 'us-east-1';

const regionOfProfile = async (profile: string | undefined): Promise<string> => {
  const { CloudFormationClient } = await import('@aws-sdk/client-cloudformation');
  return new CloudFormationClient(profile ? { profile } : {}).config.region();
};

const SAY_REGION =
  'no AWS Region is set, and nothing is deployed to one that nobody chose. Say --region eu-central-1, or export ' +
  'AWS_REGION, or give the profile a Region: aws configure set region eu-central-1';
