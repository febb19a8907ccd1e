import {
  at,
  type Check,
  type CompiledTemplate,
  idIn,
  properties,
  resourcesOf,
} from './compiled-template.ts';

const mappingsOf = (template: CompiledTemplate) =>
  resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(([id, { Properties }]) => ({
    id,
    Properties,
    queue: properties(template, idIn(Properties.EventSourceArn)),
    consumer: properties(template, idIn(Properties.FunctionName)),
  }));

/** Queues with the one that takes over what nobody could handle. */
const redrivesOf = (template: CompiledTemplate) =>
  resourcesOf(template, 'AWS::SQS::Queue')
    .filter(([, { Properties }]) => Properties.RedrivePolicy !== undefined)
    .map(([id, { Properties }]) => ({
      id,
      queue: Properties,
      deadLetters: properties(template, idIn(at(Properties.RedrivePolicy, 'deadLetterTargetArn'))),
    }));

const DAY_SECONDS = 86_400;

const isSweeps = ({ QueueName }: Record<string, unknown>): boolean =>
  String(QueueName).endsWith('-sweep');

const fedIn = ({ Resources }: CompiledTemplate): number => (Resources.SweepQueue ? 4 : 3);

export const queueChecks: readonly Check[] = [
  {
    name: 'functions are fed by queues, the sweep by its own, and fail message by message',
    problemsIn: (template) => {
      const mappings = mappingsOf(template);
      return [
        ...(mappings.length === fedIn(template)
          ? []
          : [`there are ${mappings.length} event source mappings`]),
        ...mappings
          .filter(
            ({ Properties }) =>
              at(Properties.FunctionResponseTypes, 0) !== 'ReportBatchItemFailures' ||
              Properties.Enabled === false,
          )
          .map(({ id }) => `${id} is off, or deletes failed messages`),
      ];
    },
  },
  {
    name: 'messages are taken at once, unfiltered and by few at a time',
    problemsIn: (template) =>
      mappingsOf(template)
        .filter(({ Properties, queue }) => {
          const most = Number(at(Properties.ScalingConfig, 'MaximumConcurrency'));
          return !(
            Properties.BatchSize === (isSweeps(queue) ? 1 : 10) &&
            !Properties.MaximumBatchingWindowInSeconds &&
            Properties.FilterCriteria === undefined &&
            most >= 2 &&
            most <= 5
          );
        })
        .map(({ id }) => `${id} waits, filters or has no limit`),
  },
  {
    name: 'pollers fetch no more than the function may take',
    problemsIn: (template) =>
      mappingsOf(template)
        .filter(({ Properties, consumer }) => {
          const reserved = consumer.ReservedConcurrentExecutions;
          const most = Number(at(Properties.ScalingConfig, 'MaximumConcurrency'));
          return typeof reserved === 'number' && reserved < most;
        })
        .map(({ id }) => `${id} fetches more than the reserved concurrency`),
  },
  {
    name: 'a queue hides a message for six times the timeout of its function',
    problemsIn: (template) =>
      mappingsOf(template)
        .filter(
          ({ queue, consumer }) =>
            !(Number(queue.VisibilityTimeout) >= 6 * Number(consumer.Timeout)),
        )
        .map(({ id }) => `the queue of ${id} shows messages too early`),
  },
  {
    name: 'every queue of a function sets aside what fails five times or more, a shard what fails twice',
    problemsIn: (template) =>
      mappingsOf(template)
        .filter(({ queue }) => {
          const target = idIn(at(queue.RedrivePolicy, 'deadLetterTargetArn'));
          return !(
            template.Resources[target] &&
            Number(at(queue.RedrivePolicy, 'maxReceiveCount')) >= (isSweeps(queue) ? 2 : 5)
          );
        })
        .map(({ id }) => `the queue of ${id} loses what fails`),
  },
  {
    name: 'dead letters are kept for 14 days, which is longer than in their queue',
    problemsIn: (template) =>
      redrivesOf(template)
        .filter(
          ({ queue, deadLetters }) =>
            deadLetters.MessageRetentionPeriod !== 14 * DAY_SECONDS ||
            !(Number(queue.MessageRetentionPeriod) <= 4 * DAY_SECONDS),
        )
        .map(({ id }) => `dead letters of ${id} are kept too short`),
  },
  {
    name: 'what SNS could not deliver is kept for 14 days',
    problemsIn: (template) =>
      resourcesOf(template, 'AWS::SNS::Subscription')
        .map(([id, { Properties }]) => ({
          id,
          queue: idIn(at(Properties.RedrivePolicy, 'deadLetterTargetArn')),
        }))
        .filter(
          ({ queue }) => properties(template, queue).MessageRetentionPeriod !== 14 * DAY_SECONDS,
        )
        .map(({ id }) => `undelivered messages of ${id} are kept too short`),
  },
  {
    name: 'a dead-letter queue serves its own queue only',
    problemsIn: (template) =>
      redrivesOf(template)
        .filter(({ queue, deadLetters }) => {
          const allowed = deadLetters.RedriveAllowPolicy;
          const source = String(at(allowed, 'sourceQueueArns', 0, 'Fn::Sub'));
          return !(
            at(allowed, 'redrivePermission') === 'byQueue' && source.endsWith(`:${queue.QueueName}`)
          );
        })
        .map(({ id }) => `the dead-letter queue of ${id} is open to others`),
  },
  {
    name: 'every queue is encrypted',
    problemsIn: (template) =>
      resourcesOf(template, 'AWS::SQS::Queue')
        .filter(([, { Properties }]) => Properties.SqsManagedSseEnabled !== true)
        .map(([id]) => `${id} is not encrypted`),
  },
];
