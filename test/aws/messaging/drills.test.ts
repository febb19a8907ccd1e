import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import { drillCalls } from '#aws/drill-calls.ts';
import { publishDrill } from '#aws/messaging/publish.ts';
import { NOON } from '#test/support/builders.ts';
import { mockClient } from '#test/support/mock-client.ts';

const MINE = { Body: '{"TidegateDrill":"drill-1234"}', ReceiptHandle: 'mine' };
const OTHER = { Body: 'not JSON', ReceiptHandle: 'other' };

test('the news of a drill is published with its mark, and an attribute that no outcome has', async () => {
  const mock = mockClient(SNSClient);
  mock.on(PublishCommand).resolves({});
  const news = { kind: 'drill', drill: 'drill-1234', at: NOON, channel: 'ops' } as const;
  await publishDrill(new SNSClient({}), 'arn:topic')(news);

  expect(mock.commandCalls(PublishCommand).map(({ args }) => args[0].input)).toEqual([
    {
      TopicArn: 'arn:topic',
      Message: JSON.stringify({
        TidegateDrill: 'drill-1234',
        kind: 'drill',
        at: NOON,
        channel: 'ops',
      }),
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'drill' } },
    },
  ]);
});

const MADE = [
  'AlarmTopic',
  'OutcomeTopic',
  ...['Scale', 'Heal', 'Notify'].flatMap((queue) => [
    `${queue}DeadLetters`,
    `${queue}DeadLettersNotEmpty`,
  ]),
];

describe('the way into a stack for drills', () => {
  /** A stack whose resources have their logical ids as physical ones, but for those that are missing. */
  const aStack = (missing: readonly string[] = []) => {
    const stacks = mockClient(CloudFormationClient);
    const pageOf = (...ids: readonly string[]) => ({
      StackResourceSummaries: [
        { LogicalResourceId: 'Unmade' },
        ...ids
          .filter((id) => !missing.includes(id))
          .map((id) => ({ LogicalResourceId: id, PhysicalResourceId: `the-${id}` })),
      ] as never,
    });
    const [first = '', ...others] = MADE;
    stacks
      .on(ListStackResourcesCommand, { StackName: 'tidegate-dev' })
      .resolves({ ...pageOf(first), NextToken: 'more' })
      .on(ListStackResourcesCommand, { StackName: 'tidegate-dev', NextToken: 'more' })
      .resolves(pageOf(...others));
    return { stacks, drills: drillCalls('tidegate-dev', 'table') };
  };

  test('publishes on the topics of the stack, which it looks up once', async () => {
    const { stacks, drills } = aStack();
    const sns = mockClient(SNSClient);
    sns.on(PublishCommand).resolves({});
    await drills.publish('alarms', 'a');
    await drills.publish('alarms', 'b');
    await drills.publish('outcomes', 'c');

    expect(sns.commandCalls(PublishCommand).map(({ args }) => args[0].input)).toEqual([
      { TopicArn: 'the-AlarmTopic', Message: 'a' },
      { TopicArn: 'the-AlarmTopic', Message: 'b' },
      { TopicArn: 'the-OutcomeTopic', Message: 'c' },
    ]);
    // Two pages, read once.
    expect(stacks.commandCalls(ListStackResourcesCommand)).toHaveLength(2);
  });

  test('says what to do where the stack is of another version', async () => {
    const { drills } = aStack(['OutcomeTopic']);
    await expect(drills.publish('outcomes', 'a')).rejects.toThrow(
      'the stack tidegate-dev has no OutcomeTopic',
    );
  });

  test('finds its own message among dead letters, and deletes that one alone', async () => {
    const { drills } = aStack();
    const sqs = mockClient(SQSClient);
    sqs
      .on(ReceiveMessageCommand)
      .resolvesOnce({ Messages: [OTHER] })
      .resolvesOnce({ Messages: [OTHER, MINE] });
    sqs.on(DeleteMessageCommand).resolves({});

    expect(await drills.takeDeadLetter('scale', 'drill-1234')).toBe(true);
    expect(sqs.commandCalls(DeleteMessageCommand).map(({ args }) => args[0].input)).toEqual([
      { QueueUrl: 'the-ScaleDeadLetters', ReceiptHandle: 'mine' },
    ]);
  });

  test('finds nothing in an empty queue, and gives up in one that is full of others', async () => {
    const { drills } = aStack();
    const sqs = mockClient(SQSClient);
    sqs.on(ReceiveMessageCommand).resolves({});
    expect(await drills.hasDeadLetter('heal', 'drill-1234')).toBe(false);
    expect(await drills.takeDeadLetter('heal', 'drill-1234')).toBe(false);

    sqs.on(ReceiveMessageCommand).resolves({ Messages: [OTHER] });
    expect(await drills.hasDeadLetter('notify', 'drill-1234')).toBe(false);
    expect(sqs.commandCalls(ReceiveMessageCommand)).toHaveLength(2 + 10);
  });

  test('reads the state of the alarm beside a dead-letter queue', async () => {
    const { drills } = aStack();
    const cloudWatch = mockClient(CloudWatchClient);
    cloudWatch.on(DescribeAlarmsCommand).resolves({
      MetricAlarms: [
        {
          AlarmName: 'the-NotifyDeadLettersNotEmpty',
          AlarmArn: 'arn:alarm',
          StateValue: 'ALARM',
          StateUpdatedTimestamp: new Date(NOON),
        },
      ],
    });

    expect(await drills.readDeadLetterAlarm('notify')).toBe('ALARM');
    expect(await drills.readDeadLetterAlarm('heal')).toBeUndefined();
  });
});
