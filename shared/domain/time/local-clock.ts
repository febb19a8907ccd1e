import { type Instant, MINUTE_MS, SECOND_MS } from './instant.ts';

/**
 * The time that a clock on the wall shows, in milliseconds, as if the wall stood in UTC: 08:00 in Berlin is the
 * number that `Date.UTC` gives for 08:00.
 */
export type LocalTime = number;

/** No zone of the tz database turns its clocks by more; Samoa once left a whole day out. */
const LONGEST_CHANGE_MS = 26 * 60 * MINUTE_MS;

/**
 * The time that schedules read on the clock of an IANA time zone, which is one that never goes back. While
 * the clocks repeat an hour it shows the last moment before the change, so that what would come twice
 * comes once. When they leave an hour out it jumps, and all of that hour has been, in its order.
 */
export const readClock = (timezone: string, now: Instant): LocalTime => {
  const offset = offsetAt(timezone, now);
  const before = offsetAt(timezone, now - LONGEST_CHANGE_MS);
  if (before <= offset) return now + offset;

  const changedAt = firstAfter(
    { from: now - LONGEST_CHANGE_MS, to: now },
    (at) => offsetAt(timezone, at) < before,
  );
  return Math.max(now + offset, changedAt + before - 1);
};

/** The first instant at which the clock of schedules shows a local time, or a later one. */
export const instantOf = (timezone: string, local: LocalTime): Instant => {
  const guess = local - offsetAt(timezone, local - offsetAt(timezone, local));
  const isReached = (at: Instant): boolean => readClock(timezone, at) >= local;
  if (readClock(timezone, guess) === local && !isReached(guess - 1)) return guess;

  return firstAfter({ from: local - LONGEST_CHANGE_MS, to: local + LONGEST_CHANGE_MS }, isReached);
};

type TimeSpan = Readonly<{ from: Instant; to: Instant }>;

/** The first instant of a span at which something holds that, once it does, holds to its end. */
const firstAfter = ({ from, to }: TimeSpan, holds: (at: Instant) => boolean): Instant => {
  let [before, after] = [from, to];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (holds(middle)) after = middle;
    else before = middle;
  }
  return after;
};

/**
 * Computes how far a zone's clocks are ahead of UTC at an instant, in milliseconds: what the format gives ends in
 * `GMT`, `GMT+01:00` or, for local times of old, `GMT+00:09:21`.
 */
const offsetAt = (timezone: string, at: Instant): number => {
  const text = formatOf(timezone).format(at);
  const parts = text.slice(text.indexOf('GMT') + 'GMT+'.length).split(':');
  const seconds = parts.reduce((sum, part, place) => sum + Number(part) * 60 ** (2 - place), 0);
  return (text.includes('GMT-') ? -seconds : seconds) * SECOND_MS;
};

/** Formats are costly to make; a deployment has few zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timezone: string): Intl.DateTimeFormat => {
  const found = formats.get(timezone);
  if (found) return found;

  const made = new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'longOffset' });
  formats.set(timezone, made);
  return made;
};
