import { describeExactly } from '#domain/time/describe-instant.ts';
import type { Instant } from '#domain/time/instant.ts';

/** The part of the time line that is shown. */
export type TimeWindow = Readonly<{ from: Instant; to: Instant }>;

const HOUR_MS = 3_600_000;

/** Lengths that a person can choose; `all` is everything that there is. */
export const SPANS = { '1 h': HOUR_MS, '3 h': 3 * HOUR_MS, '12 h': 12 * HOUR_MS, all: undefined };

export type Span = keyof typeof SPANS;

/** The newest part of a time line of that length. */
export const windowOf = (times: readonly Instant[], span: Span): TimeWindow => {
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  const length = SPANS[span];
  const to = Math.max(last, first + MINUTE_MS);
  return { from: length === undefined ? first : Math.max(first, to - length), to };
};

const MINUTE_MS = 60_000;

/** The spans that show less than everything, and everything. */
export const spansFor = (times: readonly Instant[]): readonly Span[] => {
  const whole = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return (Object.keys(SPANS) as Span[]).filter((span) => {
    const length = SPANS[span];
    return length === undefined || length < whole;
  });
};

/** The place of the last moment that is not after this one; the first when all are. */
export const placeAt = (times: readonly Instant[], at: Instant): number => {
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((times[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** `13:42`, in UTC. */
export const clockOf = (at: Instant): string => describeExactly(at).slice(11, 16);

/** `13:42:07`, in UTC. */
export const exactClockOf = (at: Instant): string => describeExactly(at).slice(11, 19);

/** `2026-03-02`, in UTC. */
export const dateOf = (at: Instant): string => describeExactly(at).slice(0, 10);
