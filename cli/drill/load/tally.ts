import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import type { LoadFigures } from './expectations.ts';

/** A request that has ended. */
export type Sample = Readonly<{
  endedAt: Instant;
  /** Milliseconds from when it was due, so that waiting for a connection counts. */
  ms: number;
  /** The status of the answer, such as `200`, or the reason why there was none. */
  result: string;
}>;

/** No answer, and an answer of 400 or more, are failures, as k6 counts them. */
export const isFailed = ({ result }: Pick<Sample, 'result'>): boolean =>
  !/^[123]\d\d$/.test(result);

/** The result of a request that found every connection in use. */
export const NO_CONNECTION = 'no connection was free';

/** The samples of the last while. They lie in the order in which they ended. */
export const samplesSince = (samples: readonly Sample[], since: Instant): readonly Sample[] => {
  const before = samples.findLastIndex(({ endedAt }) => endedAt < since);
  return samples.slice(before + 1);
};

/** For so long most requests must have failed before the load stops to protect its target. */
export const PROTECT_SECONDS = 60;
/** Fewer requests than these say nothing. */
const PROTECT_SAMPLES = 20;

/** True when more than half of the requests of the last minute failed, and the load has lasted for as long. */
export const isOverwhelmed = (
  samples: readonly Sample[],
  { startedAt, now }: Readonly<{ startedAt: Instant; now: Instant }>,
): boolean => {
  const since = now - PROTECT_SECONDS * SECOND_MS;
  if (startedAt > since) return false;
  const recent = samplesSince(samples, since);
  const failed = recent.filter((sample) => isFailed(sample)).length;
  return recent.length >= PROTECT_SAMPLES && failed * 2 > recent.length;
};

/** The figures that samples alone tell. */
export const figuresOf = (
  samples: readonly Sample[],
): Pick<LoadFigures, 'failedPercent' | 'p50' | 'p95' | 'p99'> => {
  const failed = samples.filter((sample) => isFailed(sample)).length;
  const times = samples
    .filter((sample) => !isFailed(sample))
    .map(({ ms }) => ms)
    .toSorted((a, b) => a - b);
  return {
    ...(samples.length === 0 ? {} : { failedPercent: (100 * failed) / samples.length }),
    ...(times.length === 0
      ? {}
      : { p50: percentile(times, 50), p95: percentile(times, 95), p99: percentile(times, 99) }),
  };
};

/** The smallest value that so many percent of the sorted values do not exceed; there must be one. */
const percentile = (sorted: readonly number[], percent: number): number =>
  sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;

/** Counts of requests by their result, the most frequent first. */
export const resultsOf = (samples: readonly Sample[]): Readonly<Record<string, number>> => {
  const counts = new Map<string, number>();
  for (const { result } of samples) counts.set(result, (counts.get(result) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([, a], [, b]) => b - a));
};
