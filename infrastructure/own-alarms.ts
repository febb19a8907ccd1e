import type { Configuration } from '#domain/configuration/configuration.ts';
import { alarm, type Dimensions, statisticSource } from './alarm.ts';
import { type OwnMetric, ownMetricsIn } from './own-metrics.ts';
import { type Queued, queuedIn, queueIds } from './queues.ts';
import { type Deployment, merge, prefixOf, type Resources, ref } from './template.ts';

/**
 * The alarms on Tidegate itself. They speak on the operations topic, never on the alarm topic: they
 * would wake the very functions that they complain about.
 */
export const ownAlarms = (
  deployment: Deployment,
  configuration: Partial<Pick<Configuration, 'groups' | 'fleets' | 'events'>> = {},
): Resources => {
  const { events } = configuration;
  const queued = queuedIn(configuration);
  const alarms: readonly OwnAlarm[] = [
    ...queued.map(deadLettersOf),
    deadLetters('UndeliveredQueue', 'SNS could not deliver'),
    ...(events === undefined
      ? []
      : [
          deadLetters('EventsDeadLetters', `the event bus ${events.bus} did not take`),
          eventsLate(),
        ]),
    ...(events?.hub === undefined
      ? []
      : [deadLetters('HubDeadLetters', `the hub ${events.hub} did not take`)]),
    ...queued.map(oldestMessage),
    ...FUNCTIONS.map(errors),
    ...FUNCTIONS.map(throttles),
    sweepMissing(),
    ...ownMetricsIn(configuration).map((own) => ownMetric(prefixOf(deployment), own)),
    lostNotifications('AlarmTopic'),
    lostNotifications('OutcomeTopic'),
  ];

  return merge(alarms.map(ownAlarm));
};

const FUNCTIONS = ['scale', 'heal', 'notify', 'sweep'] as const;
type FunctionName = (typeof FUNCTIONS)[number];

type OwnAlarm = Readonly<{
  id: string;
  description: string;
  namespace: string;
  metricName: string;
  dimensions: Dimensions;
  statistic: 'Maximum' | 'Sum';
  comparison?: '<';
  threshold: number;
  minutes?: number;
  missing?: 'breaching';
}>;

const ownAlarm = (own: OwnAlarm): Resources =>
  alarm(own.id, {
    description: own.description,
    source: statisticSource({ ...own, periodSeconds: 60 }),
    comparison: own.comparison ?? '>',
    threshold: own.threshold,
    datapoints: own.minutes ?? 1,
    periods: own.minutes ?? 1,
    missing: own.missing ?? 'notBreaching',
    topicId: 'OperationsTopic',
  });

const title = (name: FunctionName): string => name.charAt(0).toUpperCase() + name.slice(1);

/** A shard that failed is worth nothing any more, and it would be dropped if somebody moved it back. */
const deadLettersOf = (name: Queued): OwnAlarm => {
  const alarm = deadLetters(queueIds(name).deadLetters, `${name} gave up on`);
  return name === 'sweep' ? { ...alarm, description: SHARDS_FAILED } : alarm;
};

const SHARDS_FAILED =
  'The sweep failed twice at some of its groups, and nobody looked at them for a minute. Its log says why. Fix the cause and delete the messages: the next sweep has sent the groups again.';

const deadLetters = (queueId: string, whoGaveUp: string): OwnAlarm => ({
  id: `${queueId}NotEmpty`,
  description: `There are messages that ${whoGaveUp}. Read them, fix the cause, then move them back.`,
  namespace: 'AWS/SQS',
  metricName: 'ApproximateNumberOfMessagesVisible',
  dimensions: queueDimension(queueId),
  statistic: 'Maximum',
  threshold: 0,
});

/** A channel may be out for minutes; alarms may not wait that long. A shard of the sweep is dropped after a minute. */
const OLDEST_SECONDS: Readonly<Record<Queued, number>> = {
  scale: 120,
  heal: 120,
  notify: 900,
  sweep: 120,
};

const oldestMessage = (name: Queued): OwnAlarm => ({
  id: `${queueIds(name).queue}Late`,
  description: `A message has been waiting for ${name} for more than ${OLDEST_SECONDS[name]} s.`,
  namespace: 'AWS/SQS',
  metricName: 'ApproximateAgeOfOldestMessage',
  dimensions: queueDimension(queueIds(name).queue),
  statistic: 'Maximum',
  threshold: OLDEST_SECONDS[name],
});

const eventsLate = (): OwnAlarm => ({
  id: 'EventsQueueLate',
  description: `An outcome has been waiting for the event bus for more than ${OLDEST_SECONDS.notify} s.`,
  namespace: 'AWS/SQS',
  metricName: 'ApproximateAgeOfOldestMessage',
  dimensions: queueDimension('EventsQueue'),
  statistic: 'Maximum',
  threshold: OLDEST_SECONDS.notify,
});

const queueDimension = (queueId: string): Dimensions => ({
  QueueName: { 'Fn::GetAtt': [queueId, 'QueueName'] },
});

const errors = (name: FunctionName): OwnAlarm => ({
  id: `${title(name)}Errors`,
  description: `The function ${name} crashed or ran out of time. Its log says why.`,
  ...lambdaMetric('Errors', name),
  threshold: 0,
});

const throttles = (name: FunctionName): OwnAlarm => ({
  id: `${title(name)}Throttles`,
  description: `Lambda refused to run ${name}: the account has no concurrency left.`,
  ...lambdaMetric('Throttles', name),
  threshold: 0,
});

const sweepMissing = (): OwnAlarm => ({
  id: 'SweepMissing',
  description: 'The sweep has not run for 3 minutes: lost alarm messages are no longer noticed.',
  ...lambdaMetric('Invocations', 'sweep'),
  comparison: '<',
  threshold: 1,
  minutes: 3,
  missing: 'breaching',
});

/** The Serverless Framework gives functions these logical ids. */
const lambdaMetric = (metricName: string, name: FunctionName) => ({
  namespace: 'AWS/Lambda',
  metricName,
  dimensions: { FunctionName: ref(`${title(name)}LambdaFunction`) },
  statistic: 'Sum' as const,
});

/** The functions give these metrics one dimension, the value of POWERTOOLS_SERVICE_NAME. */
const ownMetric = (prefix: string, own: OwnMetric): OwnAlarm => ({
  ...own,
  id: own.metricName,
  namespace: 'Tidegate',
  dimensions: { service: prefix },
  statistic: 'Sum',
  threshold: 0,
});

/** Lost for good: the dead-letter queue of the subscription did not take it either. */
const lostNotifications = (topicId: string): OwnAlarm => ({
  id: `${topicId}Lost`,
  description: 'SNS lost messages: it could put them neither where they belong nor aside.',
  namespace: 'AWS/SNS',
  metricName: 'NumberOfNotificationsFailedToRedriveToDlq',
  dimensions: { TopicName: { 'Fn::GetAtt': [topicId, 'TopicName'] } },
  statistic: 'Sum',
  threshold: 0,
});
