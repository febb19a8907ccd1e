import { type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import type { Metric, MetricQuery } from './metric.ts';

/** The stretch of time that CloudWatch is asked for, and the end of the last period that is whole. */
export type ReadingWindow = Readonly<{
  /** A multiple of the period: CloudWatch counts periods from where it is asked to begin. */
  from: Instant;
  /** A multiple of the period, and not part of the stretch: the end of the period that is running. */
  to: Instant;
  /** A period that ends later may lack data that are still on their way. */
  wholeUntil: Instant;
}>;

/**
 * The window in which a metric is read, reckoned for it alone. It begins no earlier than CloudWatch keeps
 * datapoints of its period.
 */
export const readingWindow = (
  { metric, lookbackSeconds }: MetricQuery,
  now: Instant,
): ReadingWindow => {
  const periodMs = metric.periodSeconds * SECOND_MS;
  const to = Math.ceil(now / periodMs) * periodMs;
  const newest = Math.floor(now / periodMs) * periodMs - periodMs;
  const wanted = Math.floor((now - lookbackSeconds * SECOND_MS) / periodMs) * periodMs;
  const oldest = Math.ceil((now - keptMs(metric)) / periodMs) * periodMs;

  return {
    from: Math.min(Math.max(wanted, oldest), newest),
    to,
    wholeUntil: now - settleSeconds(metric) * SECOND_MS,
  };
};

/**
 * A value may still change for so long after the end of its period, in seconds. Data reach CloudWatch one to
 * three minutes late, minute by minute and source by source: until then a total lacks some, a period of
 * several minutes lacks its last ones, and an expression may mix old and new. A mean, an extreme or a
 * percentile of at most a minute is taken as soon as it is there: it speaks for what has arrived. Who publishes a
 * metric may know better, and say so.
 */
export const settleSeconds = (metric: Metric): number => {
  if (metric.kind === 'query') return SETTLE_SECONDS;
  if (metric.kind === 'math') {
    const used = Object.values(metric.uses).map(
      ({ wholeAfterSeconds = SETTLE_SECONDS }) => wholeAfterSeconds,
    );
    return used.length === 0 ? SETTLE_SECONDS : Math.max(...used);
  }
  const isSoon = metric.periodSeconds <= 60 && !isTotal(metric.statistic);
  return metric.wholeAfterSeconds ?? (isSoon ? 0 : SETTLE_SECONDS);
};

const SETTLE_SECONDS = 180;

/**
 * A count tells what came within its period, so that a longer period has more of it. An expression
 * does so when all of its metrics do and nothing in it divides.
 */
export const isCount = (metric: Metric): boolean => {
  if (metric.kind === 'query') return false;
  if (metric.kind === 'stat') return isTotal(metric.statistic);
  return (
    !/\/|\b(?:AVG|RATE|DIFF_TIME|PERIOD)\b/i.test(metric.expression) &&
    Object.values(metric.uses).every(({ statistic }) => isTotal(statistic))
  );
};

/** A statistic that grows with every sample that arrives. */
export const isTotal = (statistic: string): boolean =>
  /^(?:Sum|SampleCount|TC|TS|tc|ts)/.test(statistic);

/**
 * CloudWatch keeps datapoints of a period for so long, less a minute for the way; a query of Metrics Insights
 * sees the last three hours in every Region (two weeks in some:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-limits.html)
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html).
 */
const keptMs = (metric: Metric): number => {
  const { periodSeconds } = metric;
  if (metric.kind === 'query') return SHORTEST_KEPT.hours * 60 * MINUTE_MS - MINUTE_MS;
  const kept = KEPT.find(({ multipleOf }) => periodSeconds % multipleOf === 0) ?? SHORTEST_KEPT;
  return kept.hours * 60 * MINUTE_MS - MINUTE_MS;
};

const SHORTEST_KEPT = { hours: 3 };
const KEPT = [
  { multipleOf: 3_600, hours: 455 * 24 },
  { multipleOf: 300, hours: 63 * 24 },
  { multipleOf: 60, hours: 15 * 24 },
] as const;
