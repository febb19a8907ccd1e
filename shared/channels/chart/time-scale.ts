import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import type { Tick, ValueRange } from './scale.ts';

/** A span of time that is long enough to be looked at. */
export const timeSpan = ({ low, high }: ValueRange): ValueRange => {
  const missing = Math.max(0, SHORTEST_MS - (high - low)) / 2;
  return { low: low - missing, high: high + missing };
};

const SHORTEST_MS = 10 * MINUTE_MS;

/** Round times of a span, at most so many. */
export const timeTicks = ({ low, high }: ValueRange, max: number): readonly Tick[] => {
  const least = (high - low) / max;
  const minutes = STEPS_MINUTES.find((each) => each * MINUTE_MS >= least);
  const step = minutes === undefined ? Math.ceil(least / DAY_MS) * DAY_MS : minutes * MINUTE_MS;
  const first = Math.ceil(low / step) * step;
  const count = Math.max(0, Math.floor((high - first) / step) + 1);

  return Array.from({ length: count }, (_, index) => first + index * step).map((value) => ({
    value,
    label: hourAndMinute(value),
  }));
};

const DAY_MS = 1_440 * MINUTE_MS;
const STEPS_MINUTES = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1_440];

/** The time of day in UTC: `18:05`. */
export const hourAndMinute = (at: Instant): string => {
  const minutes = Math.floor((((at % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS);
  return [Math.floor(minutes / 60), minutes % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
};
