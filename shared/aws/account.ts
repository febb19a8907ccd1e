import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientOptions } from './client-options.ts';
import { overrides } from './overrides.ts';

/** What the `tidegate` command asks of the account that the environment's credentials and Region lead to. */
export const connect = () => ({
  /** The ledger of a deployed stack, by the stack's outputs. */
  tableOf: async (stack: string): Promise<string | undefined> => {
    const { Stacks } = await new CloudFormationClient(clientOptions).send(
      new DescribeStacksCommand({ StackName: stack }),
    );
    const outputs = Stacks?.[0]?.Outputs ?? [];
    return outputs.find(({ OutputKey }) => OutputKey === 'TableName')?.OutputValue;
  },
  overridesIn: (table: string) => overrides(new DynamoDBClient(clientOptions), table),
});
