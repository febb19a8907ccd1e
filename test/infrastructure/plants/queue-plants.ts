import { drop, type Plant, set } from './plant.ts';

const FUNCTION = 'ScaleLambdaFunction';

const MAPPING = 'ScaleEventSourceMappingSQSScaleQueue';

export const queuePlants: readonly Plant[] = [
  [
    'fed by queues',
    'failed messages deleted',
    set(MAPPING, 'Properties.FunctionResponseTypes', undefined),
  ],
  ['fed by queues', 'a mapping missing', drop(MAPPING)],
  ['fed by queues', 'a mapping switched off', set(MAPPING, 'Properties.Enabled', false)],
  [
    'at once, unfiltered',
    'a batching window',
    set(MAPPING, 'Properties.MaximumBatchingWindowInSeconds', 5),
  ],
  ['at once, unfiltered', 'a filter', set(MAPPING, 'Properties.FilterCriteria', { Filters: [] })],
  ['at once, unfiltered', 'no limit', set(MAPPING, 'Properties.ScalingConfig', undefined)],
  [
    'at once, unfiltered',
    'a high limit',
    set(MAPPING, 'Properties.ScalingConfig.MaximumConcurrency', 6),
  ],
  [
    'pollers fetch no more',
    'little reserved concurrency',
    set(FUNCTION, 'Properties.ReservedConcurrentExecutions', 4),
  ],
  ['six times the timeout', 'a longer timeout', set(FUNCTION, 'Properties.Timeout', 31)],
  [
    'six times the timeout',
    'a shorter visibility',
    set('NotifyQueue', 'Properties.VisibilityTimeout', 179),
  ],
  ['sets aside what fails', 'no redrive', set('ScaleQueue', 'Properties.RedrivePolicy', undefined)],
  [
    'sets aside what fails',
    'set aside too early',
    set('ScaleQueue', 'Properties.RedrivePolicy.maxReceiveCount', 4),
  ],
  [
    'dead letters are kept',
    'a short memory',
    set('HealDeadLetters', 'Properties.MessageRetentionPeriod', 345_600),
  ],
  [
    'dead letters are kept',
    'a queue that keeps as long',
    set('HealQueue', 'Properties.MessageRetentionPeriod', 1_209_600),
  ],
  [
    'SNS could not deliver',
    'a short memory',
    set('UndeliveredQueue', 'Properties.MessageRetentionPeriod', 345_600),
  ],
  [
    'serves its own queue only',
    'open to all',
    set('HealDeadLetters', 'Properties.RedriveAllowPolicy.redrivePermission', 'allowAll'),
  ],
  [
    'serves its own queue only',
    'another queue',
    set('HealDeadLetters', 'Properties.RedriveAllowPolicy.sourceQueueArns', [
      { 'Fn::Sub': 'arn:x:other' },
    ]),
  ],
  [
    'every queue is encrypted',
    'plain text',
    set('UndeliveredQueue', 'Properties.SqsManagedSseEnabled', false),
  ],
];
