import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { unlessMissing } from './asking.ts';
import { versionIn } from './deployments.ts';

/** The alarm topic that a deployed stack has made; nothing when there is no such stack. */
export const topicOf = async (
  client: CloudFormationClient,
  stack: string,
): Promise<string | undefined> => (await readStack(client, stack)).topicArn;

/** The alarm topic of a deployed stack, its status, and the version of Tidegate that made it; each as far as there is one. */
export const readStack = async (
  client: CloudFormationClient,
  stack: string,
): Promise<Readonly<{ topicArn?: string; status?: string; version?: string }>> => {
  const found = await unlessMissing([], () =>
    client.send(new DescribeStacksCommand({ StackName: stack })),
  );
  const { Outputs = [], Tags = [], StackStatus } = found?.Stacks?.[0] ?? {};
  const topicArn = Outputs.find(({ OutputKey }) => OutputKey === 'AlarmTopicArn')?.OutputValue;
  return {
    ...(topicArn === undefined ? {} : { topicArn }),
    ...(StackStatus === undefined ? {} : { status: StackStatus }),
    ...versionIn(Tags),
  };
};

/** The topic of an e-mail channel, as the deployment names it beside the alarm topic. */
export const mailTopicBeside = (alarmTopic: string, stack: string, channel: string): string =>
  alarmTopic.replace(/[^:]+$/, `${stack}-mail-${channel}`);
