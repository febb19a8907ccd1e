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

/** The topic of an e-mail channel, as the deployment names it beside the alarm topic. */
export const mailTopicBeside = (alarmTopic: string, stack: string, channel: string): string =>
  alarmTopic.replace(/[^:]+$/, `${stack}-mail-${channel}`);
