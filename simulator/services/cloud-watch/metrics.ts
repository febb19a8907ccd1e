import { type Instant, MINUTE_MS, SECOND_MS } from '../../../shared/domain/instant.ts';
import type { StatMetric } from '../../../shared/domain/metric.ts';

/** The statistics of one period: `Average`, `Sum`, `p99` … */
export type Datapoint = Readonly<Record<string, number>>;

/** Which metric of which resource. */
export type Series = Pick<StatMetric, 'namespace' | 'metricName' | 'dimensions'>;

export type Metrics = ReturnType<typeof createMetrics>;

/** Metrics with a resolution of a minute are seen about a minute after their period has ended. */
const DELAY_MS = MINUTE_MS;
/** Alarms look at most so many minutes back. */
const KEPT = 90;

/**
 * The metrics of CloudWatch: a datapoint for each minute, which becomes visible with a delay. What was
 * never put is missing.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html
 */
export const createMetrics = () => {
  const series = new Map<string, Map<Instant, Datapoint>>();
  const lastPeriodEnd = (periodSeconds: number, now: Instant): Instant =>
    Math.floor((now - DELAY_MS) / (periodSeconds * SECOND_MS)) * periodSeconds * SECOND_MS;

  return {
    /** The end of the last period that is visible now. */
    lastPeriodEnd,
    /** `minute` is the beginning of the period. */
    put: (metric: Series, minute: Instant, datapoint: Datapoint): void => {
      const key = keyOf(metric);
      const points = series.get(key) ?? new Map<Instant, Datapoint>();
      points.set(minute, datapoint);
      points.delete(minute - KEPT * MINUTE_MS);
      series.set(key, points);
    },

    /** The values of the last periods that are visible now, oldest first; undefined where missing. */
    read: (metric: StatMetric, count: number, now: Instant): readonly (number | undefined)[] => {
      const points = series.get(keyOf(metric));
      const periodMs = metric.periodSeconds * SECOND_MS;
      const end = lastPeriodEnd(metric.periodSeconds, now);
      return Array.from({ length: count }, (_, index) => {
        const start = end - (count - index) * periodMs;
        return points && valueIn(points, metric, [start, start + periodMs]);
      });
    },
  };
};

const keyOf = ({ namespace, metricName, dimensions }: Series): string =>
  [namespace, metricName, ...Object.entries(dimensions).flat().toSorted(compare)].join('|');

const compare = (a: string, b: string): number => (a < b ? -1 : 1);

/** One value from the minutes of a period; sums add up, extremes stay, all else is averaged. */
const valueIn = (
  points: ReadonlyMap<Instant, Datapoint>,
  { statistic }: StatMetric,
  [start, end]: readonly [Instant, Instant],
): number | undefined => {
  const values: number[] = [];
  for (let minute = start; minute < end; minute += MINUTE_MS) {
    const value = points.get(minute)?.[statistic];
    if (value !== undefined) values.push(value);
  }
  if (values.length === 0) return undefined;
  if (statistic === 'Maximum') return Math.max(...values);
  if (statistic === 'Minimum') return Math.min(...values);

  const sum = values.reduce((total, value) => total + value, 0);
  return statistic === 'Sum' || statistic === 'SampleCount' ? sum : sum / values.length;
};
