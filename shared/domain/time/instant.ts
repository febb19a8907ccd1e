/** A moment in milliseconds since the Unix epoch. It always arrives as an argument, never from a clock. */
export type Instant = number;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;

export const DAY_SECONDS = 86_400;

/** A time of the past that is ahead by more than this was written by a clock that is wrong. */
export const CLOCK_AHEAD_MS = 60 * SECOND_MS;

/** The whole seconds from one moment to a later one, rounded down. */
export const secondsBetween = (earlier: Instant, later: Instant): number =>
  Math.floor((later - earlier) / SECOND_MS);
