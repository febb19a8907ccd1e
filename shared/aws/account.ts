import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Checkup } from '../domain/doctor/checkup.ts';
import { clientOptions } from './client-options.ts';
import type { Examination } from './examine/examine.ts';
import { topicOf } from './examine/topic-of.ts';
import { overrides } from './overrides.ts';
import { readSecret } from './secrets.ts';

/** What the `tidegate` command asks of the account that the environment's credentials and Region lead to. */
export const connect = () => ({
  /** The ledger that a deployed stack has made. */
  tableOf: async (stack: string): Promise<string | undefined> => {
    const { StackResources = [] } = await new CloudFormationClient(clientOptions).send(
      new DescribeStackResourcesCommand({ StackName: stack, LogicalResourceId: 'Table' }),
    );
    return StackResources.find(({ LogicalResourceId }) => LogicalResourceId === 'Table')
      ?.PhysicalResourceId;
  },
  // Half of what it takes is needed by nobody else.
  examine: async (examination: Examination): Promise<Checkup> =>
    (await import('./examine/examine.ts')).examine(examination),
  topicOf: (stack: string) => topicOf(new CloudFormationClient(clientOptions), stack),
  readSecret: readSecret(new SSMClient(clientOptions), Date.now),
  /** A message that was perhaps sent is not the SDK's to send again. */
  mail: () => {
    const options = { ...clientOptions, maxAttempts: 1 };
    return { sns: new SNSClient(options), ses: new SESv2Client(options) };
  },
  overridesIn: (table: string) => overrides(new DynamoDBClient(clientOptions), table),
});
