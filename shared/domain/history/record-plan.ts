import { DAY_SECONDS, type Instant, SECOND_MS } from '#domain/time/instant.ts';

/** A span of time, its end not included. */
export type TimeRange = Readonly<{ from: Instant; to: Instant }>;

/** Something to fetch: so many metrics over one span. */
export type HistoryFetch<T> = Readonly<{ what: T; metrics: number; span: TimeRange }>;

/** Fetches that share a call, each over the call's whole span. */
export type FetchCall<T> = Readonly<{ span: TimeRange; whats: readonly T[] }>;

/** GetMetricData answers with so many datapoints on one page. */
const POINTS_PER_CALL = 100_800;
const METRICS_PER_CALL = 500;

/**
 * CloudWatch keeps datapoints of a minute for 15 days, of five minutes for 63 days and of an hour for 455 days
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#metrics-retention).
 */
const RETENTION = [
  { days: 15, periodSeconds: 60 },
  { days: 63, periodSeconds: 300 },
  { days: 455, periodSeconds: 3_600 },
] as const;

export const LONGEST_DAYS = 455;

/** The finest period of which CloudWatch still has what is so old; undefined when it has nothing. */
export const periodFor = (ageSeconds: number): number | undefined =>
  RETENTION.find(({ days }) => ageSeconds <= days * DAY_SECONDS)?.periodSeconds;

/** The parts of what is wanted that are not there yet: before it, after it, or all. */
export const missingSpans = (
  have: TimeRange | undefined,
  wanted: TimeRange,
): readonly TimeRange[] => {
  const spans =
    have === undefined || have.to < wanted.from || have.from > wanted.to
      ? [wanted]
      : [
          { from: wanted.from, to: Math.min(have.from, wanted.to) },
          { from: Math.max(have.to, wanted.from), to: wanted.to },
        ];
  return spans.filter(({ from, to }) => from < to);
};

/**
 * Packs fetches into as few calls as there can be: those over the same span go together, up to 500 metrics,
 * and a call covers as much time as fits on one page, so that each can be kept as soon as it is there.
 * The earliest come first.
 */
export const planCalls = <T>(
  fetches: readonly HistoryFetch<T>[],
  periodSeconds: number,
): readonly FetchCall<T>[] => {
  const bySpan = new Map<string, HistoryFetch<T>[]>();
  for (const fetch of fetches) {
    const key = `${fetch.span.from} ${fetch.span.to}`;
    bySpan.set(key, [...(bySpan.get(key) ?? []), fetch]);
  }
  return [...bySpan.values()]
    .flatMap((together) => batches(together).flatMap((batch) => slices(batch, periodSeconds)))
    .sort((a, b) => a.span.from - b.span.from);
};

const batches = <T>(
  fetches: readonly HistoryFetch<T>[],
): readonly (readonly HistoryFetch<T>[])[] => {
  const all: HistoryFetch<T>[][] = [];
  let room = 0;
  for (const fetch of fetches) {
    if (all.length === 0 || fetch.metrics > room) {
      all.push([]);
      room = METRICS_PER_CALL;
    }
    all.at(-1)?.push(fetch);
    room -= fetch.metrics;
  }
  return all;
};

const slices = <T>(
  batch: readonly HistoryFetch<T>[],
  periodSeconds: number,
): readonly FetchCall<T>[] => {
  const { span } = batch[0] as HistoryFetch<T>;
  const metrics = batch.reduce((sum, each) => sum + each.metrics, 0);
  const periods = Math.floor(POINTS_PER_CALL / Math.max(1, metrics));
  const lengthMs = periods * periodSeconds * SECOND_MS;
  const count = Math.ceil((span.to - span.from) / lengthMs);
  return Array.from({ length: count }, (_, index) => ({
    span: {
      from: span.from + index * lengthMs,
      to: Math.min(span.to, span.from + (index + 1) * lengthMs),
    },
    whats: batch.map(({ what }) => what),
  }));
};
