import type * as z from 'zod';
import { jsonSchemaOf } from '#parse/configuration/schema/json-schema-of.ts';
import { leaf } from '#parse/configuration/schema/leaf.ts';
import { mapping, record } from '#parse/configuration/schema/mapping.ts';
import { plainNames } from '#parse/configuration/words/names.ts';
import { version } from '#parse/configuration/words/version.ts';
import { filePath, partOfStack, profile, region, roleArn, tableName } from './words.ts';

const deployment = mapping('One deployment: where it is, and as whom it is reached.', {
  region: leaf(region, 'The AWS Region of the deployment.'),
  stage: leaf(
    partOfStack,
    'The stage that is deployed there. Default: the only one in the Region.',
  ).optional(),
  service: leaf(partOfStack, 'The service in serverless.yml. Default: tidegate.').optional(),
  profile: leaf(
    profile,
    'The AWS profile to reach it with. Default: the credentials of the environment.',
  ).optional(),
  role: leaf(
    roleArn,
    'The ARN of a role that is assumed with the credentials of the profile or of the environment.',
  ).optional(),
  config: leaf(
    filePath,
    'The tidegate.yml of the deployment, from the folder of this file. Default: tidegate.yml beside it.',
  ).optional(),
  table: leaf(
    tableName,
    'The DynamoDB table, where CloudFormation may not be asked. Default: the one of the stack.',
  ).optional(),
});

/** The names of deployments, which stand before each group of an answer. */
export const DEPLOYMENT_NAMES = plainNames('a deployment');

/** The whole of `deployments.yml`. */
export const deploymentsSchema = mapping('The deployments that --all asks.', {
  version: leaf(version, 'The version of this format.'),
  deployments: record(deployment, {
    names: DEPLOYMENT_NAMES,
    description: 'The deployments, by a name of your choice.',
  }),
});

export type DeploymentInput = z.output<typeof deployment>;

/** The JSON Schema of `deployments.yml`, with which editors complete and check it. */
export const deploymentsJsonSchema = (): Record<string, unknown> => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:tidegate:deployments:1',
  title: 'deployments.yml, version 1',
  ...jsonSchemaOf(deploymentsSchema),
});
