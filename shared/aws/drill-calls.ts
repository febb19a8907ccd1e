import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientOptions, queueClientOptions } from '#aws/client/client-options.ts';
import { readAlarms } from '#aws/cloudwatch/read-alarms.ts';
import { readHops, readNoticeEnd } from '#aws/dynamodb/drills.ts';
import { readLastSweep } from '#aws/dynamodb/last-sweep.ts';
import { findMarked, removeMarked } from '#aws/messaging/marked-messages.ts';
import type { AlarmState } from '#domain/observed/alarm.ts';
import { physicalIds } from './stack-resources.ts';

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
export const drillCalls = (stack: string, table: string) => {
  const stacks = new CloudFormationClient(clientOptions);
  const dynamo = new DynamoDBClient(clientOptions);
  const sns = new SNSClient(clientOptions);
  const sqs = new SQSClient(queueClientOptions);
  const alarms = readAlarms(new CloudWatchClient(clientOptions));
  let listed: Promise<ReadonlyMap<string, string>> | undefined;
  const idOf = async (logicalId: string): Promise<string> => {
    listed ??= physicalIds(stacks, stack);
    const id = (await listed).get(logicalId);
    if (id !== undefined) return id;
    const error = new Error(`the stack ${stack} has no ${logicalId}`);
    throw Object.assign(error, { name: 'MissingResource' });
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
