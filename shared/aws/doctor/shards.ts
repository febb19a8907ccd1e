import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { type MetricPoints, readRanges } from '#aws/cloudwatch/read-ranges.ts';
import type { StatMetric } from '#domain/configuration/metric.ts';
import type { ShardFacts } from '#domain/doctor/shard-facts.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';

/** So far back is looked. */
const SPAN_MS = 60 * MINUTE_MS;

/** The name of the sweep's dead-letter queue, as the deployment makes it. */
export const sweepDeadLetters = (stack: string): string => `${stack}-sweep-dead-letters`;

/**
 * Reads what became of the sweep's shards in the last hour: a metric of the functions, and one of SQS. A dead letter shows
 * in the latter a minute or two after it has come, and up to a quarter of an hour when its queue was unused for six hours
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/monitoring-using-cloudwatch.html).
 */
export const readShards = async (
  client: CloudWatchClient,
  { stack, now }: Readonly<{ stack: string; now: Instant }>,
): Promise<ShardFacts> => {
  const deadLetterQueue = sweepDeadLetters(stack);
  const [dropped, deadLetters] = await readRanges(client)(
    [droppedIn(stack), visibleIn(deadLetterQueue)],
    now - SPAN_MS,
    now,
  );
  return {
    dropped: valuesOf(dropped).reduce((sum, value) => sum + value, 0),
    deadLetters: Math.max(0, ...valuesOf(deadLetters)),
    deadLetterQueue,
  };
};

/** The functions give their own metrics one dimension, the name of the deployment. */
const droppedIn = (stack: string): StatMetric => ({
  kind: 'stat',
  namespace: 'Tidegate',
  metricName: 'ShardsDropped',
  dimensions: { service: stack },
  statistic: 'Sum',
  periodSeconds: 60,
});

const visibleIn = (queue: string): StatMetric => ({
  kind: 'stat',
  namespace: 'AWS/SQS',
  metricName: 'ApproximateNumberOfMessagesVisible',
  dimensions: { QueueName: queue },
  statistic: 'Maximum',
  periodSeconds: 60,
});

const valuesOf = (points: MetricPoints | undefined): readonly number[] => [
  ...(points ?? new Map<Instant, number>()).values(),
];
