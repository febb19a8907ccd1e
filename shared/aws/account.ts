import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';
import { type ClientOptions, clientOptions } from '#aws/client/client-options.ts';
import { readSecret } from '#aws/client/read-secret.ts';
import type { ReadPlace } from '#aws/deployment-reads.ts';
import {
  type Deployment,
  findDeployment,
  findDeployments,
  placeIn,
} from '#aws/doctor/deployments.ts';
import type { Examination } from '#aws/doctor/examine.ts';
import { topicOf } from '#aws/doctor/topic-of.ts';
import { overrides } from '#aws/dynamodb/overrides.ts';
import type { Checkup } from '#domain/doctor/checkup.ts';
import type { Answer } from '#domain/ledger/outcome.ts';
import { physicalIds } from './stack-resources.ts';

/** Connects the `tidegate` command to an account in one Region: that of the environment unless the options say another. */
export const connect = (options: ClientOptions = clientOptions) => {
  const stacks = new CloudFormationClient(options);
  const region = (): Promise<string> => stacks.config.region();

  return {
    region,
    deployments: (): Promise<readonly Deployment[]> => findDeployments(stacks),
    deployment: (stack: string) => findDeployment(stacks, stack),
    /** The account is left out when the table may be used and not described. */
    placeOf: async (
      table: string,
    ): Promise<Pick<Deployment, 'region'> & Partial<Pick<Deployment, 'account'>>> => {
      try {
        const client = new DynamoDBClient(options);
        const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
        return placeIn(Table?.TableArn ?? '');
      } catch (thrown) {
        if (thrown instanceof Error && /AccessDenied/.test(thrown.name)) {
          return { region: await region() };
        }
        throw thrown;
      }
    },
    /** The ledger that a deployed stack has made. */
    tableOf: async (stack: string): Promise<string | undefined> =>
      (await physicalIds(stacks, stack)).get('Table'),
    // Half of what it takes is needed by nobody else.
    examine: async (examination: Examination): Promise<Checkup> =>
      (await import('#aws/doctor/examine.ts')).examine(examination, options),
    // Three more clients, for one command.
    survey: async () => (await import('#aws/survey/account-survey.ts')).surveyAccount(options),
    // Two more clients, for one command.
    recorder: async () => (await import('#aws/history-reads.ts')).historyReads(options),
    topicOf: (stack: string) => topicOf(stacks, stack),
    readSecret: readSecret(new SSMClient(options), Date.now),
    /** A message that was perhaps sent is not the SDK's to send again. */
    mail: () => {
      const once = { ...options, maxAttempts: 1 };
      return { sns: new SNSClient(once), ses: new SESv2Client(once) };
    },
    /** Everything that commands about a deployment read; nothing is changed. Half of it is needed by nobody else. */
    readsIn: async (place: ReadPlace) =>
      (await import('#aws/deployment-reads.ts')).readsIn(place, options),
    // Three more clients, for one command.
    drillsOf: async (stack: string, table: string) =>
      (await import('#aws/drill-calls.ts')).drillCalls(stack, table),
    // One more client, for one command.
    endInstance: async (instanceId: string): Promise<Answer> =>
      (await import('#aws/end-instance.ts')).endInstanceCall()(instanceId),
    overridesIn: (table: string) => overrides(new DynamoDBClient(options), table),
  };
};
