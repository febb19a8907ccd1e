import type { StatMetric } from '#domain/configuration/metric.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';

/** The statistics of one period: `Average`, `Sum`, `p99` … */
export type Datapoint = Readonly<Record<string, number>>;

/** A metric of a resource. */
export type Series = Pick<StatMetric, 'namespace' | 'metricName' | 'dimensions'>;

export type Metrics = ReturnType<typeof createMetrics>;

/** Metrics with a resolution of a minute are seen about a minute after their period has ended. */
const DELAY_MS = MINUTE_MS;
/** For so many minutes datapoints are kept: three days, as far as a rule may look. */
const KEPT = 3 * 1_440;

/** A part of a total, from 0 to 1, and how much sooner or later than usual it is there. */
export type Arrival = Readonly<{ share: number; lateMs: number }>;

/** A datapoint of a minute, from when on it is visible, and what of a total is there when; by default all at once. */
type Stored = Readonly<{
  datapoint: Datapoint;
  visibleAt: Instant;
  arrivals?: readonly Arrival[];
}>;

/**
 * The metrics of CloudWatch: a datapoint for each minute, which becomes visible with a delay, each with its
 * own; a total perhaps in parts, sooner and later. What was never put is missing.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html
 */
export const createMetrics = () => {
  const series = new Map<string, Map<Instant, Stored>>();
  const refusals = new Map<string, string>();
  const lastPeriodEnd = (periodSeconds: number, now: Instant): Instant =>
    Math.floor((now - DELAY_MS) / (periodSeconds * SECOND_MS)) * periodSeconds * SECOND_MS;

  const valueAt = (metric: StatMetric, start: Instant, now: Instant): number | undefined => {
    const points = series.get(keyOf(metric));
    const end = start + metric.periodSeconds * SECOND_MS;
    return points && valueIn(points, metric, { start, end, now });
  };

  return {
    /** `minute` is the beginning of the period. */
    put: (metric: Series, minute: Instant, datapoint: Datapoint): void => {
      const key = keyOf(metric);
      const points = series.get(key) ?? new Map<Instant, Stored>();
      points.set(minute, { datapoint, visibleAt: minute + MINUTE_MS + DELAY_MS });
      points.delete(minute - KEPT * MINUTE_MS);
      series.set(key, points);
    },

    /** Makes a datapoint visible later than usual by so much. */
    delay: (metric: Series, minute: Instant, lateMs: number): void => {
      const points = series.get(keyOf(metric));
      const stored = points?.get(minute);
      if (stored) points?.set(minute, { ...stored, visibleAt: stored.visibleAt + lateMs });
    },

    /**
     * Makes a total arrive in parts, each more than the one before and the last one all of it. What is no total
     * speaks for what has arrived, and is there with the first part.
     */
    trickle: (metric: Series, minute: Instant, arrivals: readonly Arrival[]): void => {
      const points = series.get(keyOf(metric));
      const stored = points?.get(minute);
      if (stored) points?.set(minute, { ...stored, arrivals });
    },

    /** The moment from which on a datapoint is visible, or a part of it. */
    visibleFrom: (metric: Series, minute: Instant): Instant | undefined => {
      const stored = series.get(keyOf(metric))?.get(minute);
      const [first] = stored?.arrivals ?? AT_ONCE;
      return stored && stored.visibleAt + (first?.lateMs ?? 0);
    },

    /** The value of the period that begins then, made of the minutes that are visible now: perhaps a part. */
    valueAt,

    /** The value of the same period once all its data have arrived. */
    wholeValueAt: (metric: StatMetric, start: Instant): number | undefined =>
      valueAt(metric, start, Number.POSITIVE_INFINITY),

    /** The values of the last periods that are visible now, oldest first; undefined where missing. */
    read: (metric: StatMetric, count: number, now: Instant): readonly (number | undefined)[] => {
      const periodMs = metric.periodSeconds * SECOND_MS;
      const end = lastPeriodEnd(metric.periodSeconds, now);
      return Array.from({ length: count }, (_, index) =>
        valueAt(metric, end - (count - index) * periodMs, now),
      );
    },

    /** From now on GetMetricData refuses every call with this metric, or takes it again. */
    refuse: (metric: Series, refusal: string | undefined): void => {
      if (refusal === undefined) refusals.delete(keyOf(metric));
      else refusals.set(keyOf(metric), refusal);
    },
    refusalOf: (metric: Series): string | undefined => refusals.get(keyOf(metric)),
  };
};

/** Kept by metric, since a forecast asks for thousands of minutes of one. */
const keys = new WeakMap<Series, string>();

const keyOf = (metric: Series): string => {
  const known = keys.get(metric);
  if (known !== undefined) return known;
  const { namespace, metricName, dimensions } = metric;
  const sorted = Object.entries(dimensions).flat().toSorted(compare);
  const key = [namespace, metricName, ...sorted].join('|');
  keys.set(metric, key);
  return key;
};

const compare = (a: string, b: string): number => (a < b ? -1 : 1);

type Span = Readonly<{ start: Instant; end: Instant; now: Instant }>;

/** One value from the visible minutes of a period; sums add up, extremes stay, all else is averaged. */
const valueIn = (
  points: ReadonlyMap<Instant, Stored>,
  { statistic }: StatMetric,
  { start, end, now }: Span,
): number | undefined => {
  if (end - start === MINUTE_MS) return visibleValue(points.get(start), statistic, now);
  const values: number[] = [];
  for (let minute = start; minute < end; minute += MINUTE_MS) {
    const value = visibleValue(points.get(minute), statistic, now);
    if (value !== undefined) values.push(value);
  }
  if (values.length === 0) return undefined;
  if (statistic === 'Maximum') return Math.max(...values);
  if (statistic === 'Minimum') return Math.min(...values);

  const sum = values.reduce((total, value) => total + value, 0);
  return isTotal(statistic) ? sum : sum / values.length;
};

const visibleValue = (
  stored: Stored | undefined,
  statistic: string,
  now: Instant,
): number | undefined => {
  const share = stored && shareOf(stored, now);
  const value = stored?.datapoint[statistic];
  if (share === undefined || value === undefined) return undefined;
  return isTotal(statistic) ? share * value : value;
};

const isTotal = (statistic: string): boolean => statistic === 'Sum' || statistic === 'SampleCount';

/** The share of a datapoint that is there by now; undefined before any of it is. */
const shareOf = ({ visibleAt, arrivals = AT_ONCE }: Stored, now: Instant): number | undefined =>
  arrivals.findLast(({ lateMs }) => visibleAt + lateMs <= now)?.share;

const AT_ONCE: readonly Arrival[] = [{ share: 1, lateMs: 0 }];
