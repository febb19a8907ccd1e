import { MINUTE_MS } from '#domain/time/instant.ts';
import { offsetsOf, walkTheWall } from '#simulator/check/wall-clock.ts';

/** A moment at which the clocks of a zone change, found with `Intl` alone. */
export type ClockChange = Readonly<{
  zone: string;
  /** The first minute of the new offset, in minutes since 1970. */
  at: number;
  /** The offsets of the clocks from UTC before and after it, in minutes. */
  before: number;
  after: number;
}>;

const WEEK = 7 * 1_440;

/** Every change of the clocks from the begin of one year to the end of another, in every zone that Node knows. */
export const clockChanges = (from: number, to: number): readonly ClockChange[] => {
  const [first, last] = [Date.UTC(from, 0) / MINUTE_MS, Date.UTC(to + 1, 0) / MINUTE_MS];
  const weeks = Array.from(
    { length: Math.ceil((last - first) / WEEK) },
    (_, at) => first + at * WEEK,
  );
  return Intl.supportedValuesOf('timeZone').flatMap((zone) => {
    const offsetAt = offsetsOf(zone);
    const offsets = [...weeks, last + WEEK].map(offsetAt);
    return weeks.flatMap((week, index) => {
      const [before = 0, after = 0] = offsets.slice(index, index + 2);
      const at =
        before === after ? week : firstMinute(week, (minute) => offsetAt(minute) !== before);
      return before === after ? [] : [{ zone, at, before, after }];
    });
  });
};

/** The first minute of a week in which something holds that then holds to its end. */
const firstMinute = (week: number, holds: (minute: number) => boolean): number => {
  let [low, high] = [week, week + WEEK];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
};

/** A window by the minutes of the day at which it begins and ends, on every day or on one of the week. */
export type PlainWindow = Readonly<{ start: number; end: number; weekday?: number }>;

/** The minutes about a change in which a window is open, found by walking the clock on the wall. */
export const walk = (
  { at, before, after }: ClockChange,
  window: PlainWindow,
  days: number,
): ReadonlyMap<number, boolean> =>
  walkTheWall(
    (minute) => (minute < at ? before : after),
    { from: at - days * DAY + 1, to: at + days * DAY },
    (local) => turnIn(window, local),
  );

const DAY = 1_440;

/** The effect of a minute on the wall on a window: one that begins and ends in it has ended. */
const turnIn = ({ start, end, weekday }: PlainWindow, local: number): boolean | undefined => {
  // 1 January 1970 was a Thursday.
  if (weekday !== undefined && (Math.floor(local / DAY) + 4) % 7 !== weekday) return undefined;
  if (local % DAY === end) return false;
  return local % DAY === start ? true : undefined;
};
