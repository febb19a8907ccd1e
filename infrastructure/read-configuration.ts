import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { describeProblem } from '#parse/configuration/describe-problem.ts';
import { isEmulated } from '#parse/configuration/local-host.ts';
import { alarmPrefixOf } from '#parse/configuration/normalise/alarm-name.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { mistake } from './mistake.ts';
import type { Serverless } from './serverless.ts';
import type { Deployment } from './template.ts';

/** Reads the file that serverless.yml names. Every mistake in it stops the command, all at once. */
export const readConfiguration = (
  serverless: Serverless,
  deployment: Deployment,
): Configuration => {
  const file = fileOf(serverless);
  const text = readText(serverless, file);
  const result = parseConfiguration(text, {
    file,
    prefix: alarmPrefixOf(deployment),
    // biome-ignore lint/style/noProcessEnv: the deployer's shell says which AWS it deploys to.
    isDeployed: !isEmulated(process.env.AWS_ENDPOINT_URL),
  });
  if (result.ok) return result.value;

  const problems = result.problem.map((problem) => describeProblem(problem));
  throw mistake(
    serverless,
    'CONFIGURATION_INVALID',
    [...problems, `Fix ${file}; until then nothing is deployed.`].join('\n\n'),
  );
};

/** Reads the text of the file that serverless.yml names. */
export const readConfigurationText = (serverless: Serverless): string =>
  readText(serverless, fileOf(serverless));

/** `TIDEGATE_CONFIG=prod.yml npx serverless deploy` wins over serverless.yml, as for `tidegate`. */
const fileOf = ({ service }: Serverless): string =>
  // biome-ignore lint/style/noProcessEnv: the deployer's shell says which file it deploys.
  process.env.TIDEGATE_CONFIG || (service.custom?.tidegate?.configuration ?? 'tidegate.yml');

const readText = (serverless: Serverless, file: string): string => {
  const path = resolve(serverless.serviceDir, file);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw mistake(
      serverless,
      'CONFIGURATION_UNREADABLE',
      `cannot read ${path}: ${error instanceof Error ? error.message : error}. ` +
        'Its name comes from TIDEGATE_CONFIG, else from custom.tidegate.configuration in serverless.yml, else it is tidegate.yml.',
    );
  }
};
