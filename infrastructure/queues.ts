import { type GroupsAndFleets, mayNeedShards } from '#domain/sweep/shard.ts';
import {
  arn,
  arnOf,
  type Deployment,
  merge,
  prefixOf,
  type Resources,
  ref,
  type Value,
} from './template.ts';

/** The functions that topics feed by a queue. */
const FED_BY_TOPICS = ['scale', 'heal', 'notify'] as const;
type FedByTopics = (typeof FED_BY_TOPICS)[number];

/** The functions that are fed by a queue: the sweep by its own, where its groups may be so many that it needs shards. */
export type Queued = FedByTopics | 'sweep';
export const queuedIn = (configuration: GroupsAndFleets) =>
  mayNeedShards(configuration) ? ([...FED_BY_TOPICS, 'sweep'] as const) : FED_BY_TOPICS;

/** Logical ids of a function's queue and of its dead-letter queue; serverless.yml refers to them. */
export const queueIds = (name: Queued) => {
  const title = { scale: 'Scale', heal: 'Heal', notify: 'Notify', sweep: 'Sweep' }[name];
  return { queue: `${title}Queue`, deadLetters: `${title}DeadLetters` };
};

/** Six times the functions' timeout, as AWS asks (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html). */
const VISIBILITY_SECONDS: Readonly<Record<Queued, number>> = {
  scale: 180,
  heal: 180,
  notify: 180,
  sweep: 360,
};
const DAY_SECONDS = 86_400;

/**
 * A message is received so often before it is set aside. A channel may be out for a while without
 * anything wrong here, so notify is more patient. A shard of the sweep is worth something for a minute: there is time
 * for one more try.
 */
const MAX_RECEIVES: Readonly<Record<Queued, number>> = { scale: 5, heal: 5, notify: 20, sweep: 2 };

/** Each function's queue with its dead-letter queue, and the one for what SNS could not deliver. */
export const queues = (
  deployment: Deployment,
  mailTopicIds: readonly string[],
  configuration: GroupsAndFleets,
): Resources => ({
  ...merge(queuedIn(configuration).map((name) => queuePair(deployment, name))),
  UndeliveredQueue: deadLetterQueue(`${prefixOf(deployment)}-undelivered`),
  UndeliveredQueuePolicy: policy('UndeliveredQueue', [
    'AlarmTopic',
    'OutcomeTopic',
    'OperationsTopic',
    ...mailTopicIds,
  ]),
});

/** The topics that send to each queue; to that of the sweep nobody sends but the sweep itself. */
const TOPICS: Readonly<Record<Queued, readonly string[]>> = {
  scale: ['AlarmTopic'],
  heal: ['AlarmTopic'],
  notify: ['AlarmTopic', 'OutcomeTopic'],
  sweep: [],
};

const queuePair = (deployment: Deployment, name: Queued): Resources => {
  const { queue, deadLetters } = queueIds(name);
  const queueName = `${prefixOf(deployment)}-${name}`;

  return {
    [queue]: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: queueName,
        VisibilityTimeout: VISIBILITY_SECONDS[name],
        MessageRetentionPeriod: 4 * DAY_SECONDS,
        ReceiveMessageWaitTimeSeconds: 20,
        SqsManagedSseEnabled: true,
        RedrivePolicy: {
          deadLetterTargetArn: arnOf(deadLetters),
          maxReceiveCount: MAX_RECEIVES[name],
        },
      },
    },
    [`${queue}Policy`]: policy(
      queue,
      TOPICS[name],
      name === 'sweep' ? [] : [rulesDeliver(queue, deployment)],
    ),
    [deadLetters]: deadLetterQueue(`${queueName}-dead-letters`, {
      // By name: a reference would close a circle, since the queue refers to this one.
      RedriveAllowPolicy: {
        redrivePermission: 'byQueue',
        sourceQueueArns: [arn('sqs', queueName)],
      },
    }),
    [`${deadLetters}Policy`]: policy(deadLetters, []),
  };
};

/** Two weeks, the longest that SQS keeps a message: it counts from when the message was first sent. */
export const deadLetterQueue = (QueueName: string, more: Readonly<Record<string, Value>> = {}) => ({
  Type: 'AWS::SQS::Queue',
  Properties: {
    QueueName,
    MessageRetentionPeriod: 14 * DAY_SECONDS,
    SqsManagedSseEnabled: true,
    ...more,
  },
});

/** Lets the topics and whoever else is named send to the queue, and nobody use it without TLS. */
export const policy = (
  queueId: string,
  topicIds: readonly string[],
  others: readonly Value[] = [],
) => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: {
    Queues: [ref(queueId)],
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        ...(topicIds.length === 0 ? [] : [delivering(queueId, topicIds)]),
        ...others,
        tlsOnly(queueId),
      ],
    },
  },
});

const delivering = (queueId: string, topicIds: readonly string[]): Value => ({
  Sid: 'TopicsDeliver',
  Effect: 'Allow',
  Principal: { Service: 'sns.amazonaws.com' },
  Action: 'sqs:SendMessage',
  Resource: arnOf(queueId),
  Condition: { ArnEquals: { 'aws:SourceArn': topicIds.map((id) => ref(id)) } },
});

/**
 * Lets rules of EventBridge send that are named after the deployment, in this account and Region
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sqs-permissions).
 */
const rulesDeliver = (queueId: string, deployment: Deployment): Value => ({
  Sid: 'RulesDeliver',
  Effect: 'Allow',
  Principal: { Service: 'events.amazonaws.com' },
  Action: 'sqs:SendMessage',
  Resource: arnOf(queueId),
  Condition: {
    ArnLike: { 'aws:SourceArn': arn('events', `rule/${prefixOf(deployment)}-*`) },
  },
});

const tlsOnly = (queueId: string): Value => ({
  Sid: 'OnlyOverTls',
  Effect: 'Deny',
  Principal: '*',
  Action: 'sqs:*',
  Resource: arnOf(queueId),
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});
