import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Checkup } from '../domain/doctor/checkup.ts';
import { clientOptions } from './client-options.ts';
import type { Examination } from './examine/examine.ts';
import { overrides } from './overrides.ts';

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
  overridesIn: (table: string) => overrides(new DynamoDBClient(clientOptions), table),
});
