import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientOptions } from '#aws/client/client-options.ts';
import { readAlarms } from '#aws/cloudwatch/read-alarms.ts';
import { readHops, readNoticeEnd } from '#aws/dynamodb/drills.ts';
import { readLastSweep } from '#aws/dynamodb/last-sweep.ts';
import { findMarked, removeMarked } from '#aws/messaging/marked-messages.ts';
import type { AlarmState } from '#domain/observed/alarm.ts';

/** The logical ids of topics and of dead-letter queues; beside a queue lies the alarm that watches it. */
const TOPICS = { alarms: 'AlarmTopic', outcomes: 'OutcomeTopic' } as const;
const DEAD_LETTERS = {
  scale: 'ScaleDeadLetters',
  heal: 'HealDeadLetters',
  notify: 'NotifyDeadLetters',
} as const;

type Topic = keyof typeof TOPICS;
type Queued = keyof typeof DEAD_LETTERS;

/** The way in and out of a deployed stack for drills, with the credentials of whoever runs the command. */
export const drilling = (stack: string, table: string) => {
  const stacks = new CloudFormationClient(clientOptions);
  const dynamo = new DynamoDBClient(clientOptions);
  const sns = new SNSClient(clientOptions);
  const sqs = new SQSClient(clientOptions);
  const alarms = readAlarms(new CloudWatchClient(clientOptions));
  const found = new Map<string, Promise<string>>();
  const idOf = (logicalId: string): Promise<string> => {
    const id = found.get(logicalId) ?? physicalId(stacks, stack, logicalId);
    found.set(logicalId, id);
    return id;
  };

  return {
    publish: async (topic: Topic, message: string): Promise<void> => {
      await sns.send(new PublishCommand({ TopicArn: await idOf(TOPICS[topic]), Message: message }));
    },
    readHops: readHops(dynamo, table),
    readNoticeEnd: readNoticeEnd(dynamo, table),
    readLastSweep: readLastSweep(dynamo, table),
    hasDeadLetter: async (queued: Queued, drill: string): Promise<boolean> =>
      (await findMarked(sqs, await idOf(DEAD_LETTERS[queued]), drill)) !== undefined,
    takeDeadLetter: async (queued: Queued, drill: string): Promise<boolean> =>
      removeMarked(sqs, await idOf(DEAD_LETTERS[queued]), drill),
    readDeadLetterAlarm: async (queued: Queued): Promise<AlarmState | undefined> => {
      const name = await idOf(`${DEAD_LETTERS[queued]}NotEmpty`);
      return (await alarms([name])).get(name)?.state;
    },
  };
};

const physicalId = async (
  client: CloudFormationClient,
  stack: string,
  logicalId: string,
): Promise<string> => {
  const { StackResources = [] } = await client.send(
    new DescribeStackResourcesCommand({ StackName: stack, LogicalResourceId: logicalId }),
  );
  const id = StackResources.find(
    ({ LogicalResourceId }) => LogicalResourceId === logicalId,
  )?.PhysicalResourceId;
  if (id !== undefined) return id;
  throw new Error(`the stack ${stack} has no ${logicalId}: deploy it again with this version`);
};
