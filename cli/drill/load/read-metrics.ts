import type { MetricPoints } from '#aws/cloudwatch/read-ranges.ts';
import { asError } from '#domain/basics/as-error.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';

/** CloudWatch's account of one metric of the group: before the load, and from its begin on. */
export type MetricCourse = Readonly<{
  name: string;
  /** The mean of the periods that were over when the load began; absent where there is none. */
  before?: number;
  /** The smallest, the largest and the newest value since. */
  least?: number;
  most?: number;
  last?: number;
  /** Count of datapoints since. */
  points: number;
  /** The reason why CloudWatch gave none. */
  trouble?: string;
}>;

type ReadRanges = (
  metrics: readonly Metric[],
  from: Instant,
  to: Instant,
) => Promise<readonly MetricPoints[]>;

/** So much of the time before the load is read as well. */
const BEFORE_MS = 10 * MINUTE_MS;
/** Datapoints of five minutes begin at such times. */
const ALIGNED_MS = 5 * MINUTE_MS;

/** Reads the metrics of a group over the time of a load. One that CloudWatch refuses says why, and spoils no other. */
export const readCourses = async (
  readRanges: ReadRanges,
  metrics: Readonly<Record<string, Metric>>,
  { startedAt, now }: Readonly<{ startedAt: Instant; now: Instant }>,
): Promise<readonly MetricCourse[]> => {
  const from = Math.floor((startedAt - BEFORE_MS) / ALIGNED_MS) * ALIGNED_MS;
  return Promise.all(
    Object.entries(metrics).map(async ([name, metric]) => {
      try {
        const [points = new Map()] = await readRanges([metric], from, now);
        return courseOf({ name, periodSeconds: metric.periodSeconds }, points, startedAt);
      } catch (thrown) {
        return { name, points: 0, trouble: asError(thrown).message };
      }
    }),
  );
};

/** Sums up the datapoints of a metric around a moment. */
export const courseOf = (
  { name, periodSeconds }: Readonly<{ name: string; periodSeconds: number }>,
  points: MetricPoints,
  startedAt: Instant,
): MetricCourse => {
  const sorted = [...points].toSorted(([a], [b]) => a - b);
  const isBefore = ([at]: readonly [Instant, number]): boolean =>
    at + periodSeconds * SECOND_MS <= startedAt;
  const before = sorted.filter(isBefore).map(([, value]) => value);
  const since = sorted.filter((point) => !isBefore(point)).map(([, value]) => value);
  return {
    name,
    points: since.length,
    ...(before.length === 0
      ? {}
      : { before: before.reduce((sum, value) => sum + value, 0) / before.length }),
    ...(since.length === 0
      ? {}
      : {
          least: Math.min(...since),
          most: Math.max(...since),
          last: since.at(-1) ?? Number.NaN,
        }),
  };
};
