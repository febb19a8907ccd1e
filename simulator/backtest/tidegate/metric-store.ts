import type { Group } from '#domain/configuration/configuration.ts';
import { isGrowing } from '#domain/configuration/growing-metric.ts';
import type { Metric, Reading, SeenMetric, StatMetric } from '#domain/configuration/metric.ts';
import { sourcesOf } from '#domain/configuration/metric-nature.ts';
import { readingWindow } from '#domain/configuration/reading-window.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { datapointsOf, type Emitted, type Minute, type Names } from '#simulator/fleet/emit.ts';
import { evaluateMath } from '#simulator/services/cloud-watch/metric-math.ts';

type Settings = Readonly<{
  group: Group;
  names: Names;
  /** The begin of the first sample, and how long each is. */
  startMs: Instant;
  sampleMs: number;
  /** A sample can be read so long after its end. */
  delayMs: number;
}>;

export type MetricStore = ReturnType<typeof createMetricStore>;

/**
 * The metrics that a group's rules go by, as CloudWatch would have them: what the simulated fleet emits, kept in
 * numbers side by side, and read by the production code's own windows.
 */
export const createMetricStore = ({ group, names, startMs, sampleMs, delayMs }: Settings) => {
  const columns = new Map<string, Column>();
  for (const metric of Object.values(group.metrics)) {
    for (const source of sourcesOf(metric)) columns.set(keyOf(source, source.statistic), []);
  }
  const kept = createKept(group, columns);
  const growing = new Set(Object.values(group.metrics).filter((metric) => isGrowing(metric)));

  const statValue = (metric: StatMetric, begin: Instant, now: Instant): number | undefined => {
    const column = columns.get(keyOf(metric, metric.statistic)) ?? [];
    const first = Math.round((begin - startMs) / sampleMs);
    const count = Math.max(1, Math.round((metric.periodSeconds * SECOND_MS) / sampleMs));
    const visible = Math.floor((now - delayMs - startMs) / sampleMs);
    return joined(column, metric.statistic, { first, last: Math.min(first + count, visible) });
  };
  const metricValue = (metric: Metric, begin: Instant, now: Instant): number | undefined => {
    if (metric.kind === 'stat') return statValue(metric, begin, now);
    if (metric.kind === 'query') return undefined;
    const values = Object.entries(metric.uses).map(
      ([name, used]) => [name, statValue(used, begin, now)] as const,
    );
    return evaluateMath(metric.expression, Object.fromEntries(values));
  };

  const readerAt =
    (metric: Metric, now: Instant) =>
    (at: Instant): number | undefined => {
      const value = metricValue(metric, at, now);
      return Number.isFinite(value) ? value : undefined;
    };

  return {
    /** Takes the next sample. */
    put: (index: number, minute: Minute): void => {
      for (const emitted of datapointsOf(names, minute)) {
        for (const { statistic, column } of kept(emitted.series)) {
          column[index] = emitted.datapoint[statistic];
        }
      }
    },
    /** The value of the period that begins then, as far as it can be seen by now. */
    at: metricValue,
    /** The newest whole value, and the largest that is arriving of a metric that grows, as `readMetrics` finds them. */
    read: (metric: Metric, lookbackSeconds: number, now: Instant): SeenMetric => {
      const { from, to, wholeUntil } = readingWindow({ metric, lookbackSeconds }, now);
      const reader = { periodMs: metric.periodSeconds * SECOND_MS, valueAt: readerAt(metric, now) };
      const whole = newestOf(reader, from, wholeUntil);
      const arriving = growing.has(metric)
        ? largestOf(reader, (whole?.at ?? from) + reader.periodMs, { to, wholeUntil })
        : undefined;
      return { ...(whole && { whole }), ...(arriving && { arriving }) };
    },
    /** The values of the last periods that an alarm looks at, the oldest first; undefined where missing. */
    latest: (metric: Metric, count: number, now: Instant): readonly (number | undefined)[] => {
      const periodMs = metric.periodSeconds * SECOND_MS;
      const end = Math.floor((now - delayMs) / periodMs) * periodMs;
      return Array.from({ length: count }, (_, index) =>
        metricValue(metric, end - (count - index) * periodMs, now),
      );
    },
  };
};

type PeriodReader = Readonly<{
  periodMs: number;
  valueAt: (begin: Instant) => number | undefined;
}>;

/** The newest value of a period that is whole; periods lie on the grid of `from`. */
const newestOf = (
  { periodMs, valueAt }: PeriodReader,
  from: Instant,
  wholeUntil: Instant,
): Reading | undefined => {
  const last = Math.floor((wholeUntil - from) / periodMs) - 1;
  for (let at = from + last * periodMs; at >= from; at -= periodMs) {
    const value = valueAt(at);
    if (value !== undefined) return { value, at };
  }
  return undefined;
};

/** The largest value of the periods that are not whole. */
const largestOf = (
  { periodMs, valueAt }: PeriodReader,
  from: Instant,
  { to, wholeUntil }: Readonly<{ to: Instant; wholeUntil: Instant }>,
): Reading | undefined => {
  let largest: Reading | undefined;
  for (let at = from; at < to; at += periodMs) {
    const value = at + periodMs > wholeUntil ? valueAt(at) : undefined;
    if (value !== undefined && value > (largest?.value ?? -1)) largest = { value, at };
  }
  return largest;
};

/** The values of one statistic, by sample. */
type Column = (number | undefined)[];

type Dimensions = StatMetric['dimensions'];
type Place = Readonly<{ namespace: string; metricName: string; dimensions: Dimensions }>;

const keyOf = ({ namespace, metricName, dimensions }: Place, statistic: string): string =>
  [
    namespace,
    metricName,
    statistic,
    ...Object.entries(dimensions)
      .map((pair) => pair.join('='))
      .sort(),
  ].join('|');

type Kept = Readonly<{ statistic: string; column: Column }>;

/**
 * Finds the columns that a series is kept in. A fleet emits each metric for one set of dimensions, so it is
 * looked up once.
 */
const createKept = ({ metrics }: Group, columns: ReadonlyMap<string, Column>) => {
  const statistics = [
    ...new Set(
      Object.values(metrics)
        .flatMap(sourcesOf)
        .map(({ statistic }) => statistic),
    ),
  ];
  const known = new Map<string, readonly Kept[]>();

  return (series: Emitted['series']): readonly Kept[] => {
    const before = known.get(series.metricName);
    if (before !== undefined) return before;
    const kept = statistics.flatMap((statistic) => {
      const column = columns.get(keyOf(series, statistic));
      return column === undefined ? [] : [{ statistic, column }];
    });
    known.set(series.metricName, kept);
    return kept;
  };
};

type Range = Readonly<{ first: number; last: number }>;

/** One value from the visible samples of a period; totals add up, extremes stay, all else is averaged. */
const joined = (column: Column, statistic: string, { first, last }: Range): number | undefined => {
  let [sum, count, most, least] = [0, 0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let index = Math.max(0, first); index < last; index += 1) {
    const value = column[index];
    if (value === undefined) continue;
    sum += value;
    count += 1;
    most = Math.max(most, value);
    least = Math.min(least, value);
  }
  if (count === 0) return undefined;
  if (statistic === 'Maximum') return most;
  if (statistic === 'Minimum') return least;
  return statistic === 'Sum' || statistic === 'SampleCount' ? sum : sum / count;
};
