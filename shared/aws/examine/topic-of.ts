import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { unlessMissing } from './asking.ts';

/** The alarm topic that a deployed stack has made; nothing when there is no such stack. */
export const topicOf = async (
  client: CloudFormationClient,
  stack: string,
): Promise<string | undefined> => {
  const found = await unlessMissing([], () =>
    client.send(new DescribeStacksCommand({ StackName: stack })),
  );
  const outputs = found?.Stacks?.[0]?.Outputs ?? [];
  return outputs.find(({ OutputKey }) => OutputKey === 'AlarmTopicArn')?.OutputValue;
};
