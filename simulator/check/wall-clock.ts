import { MINUTE_MS } from '#domain/time/instant.ts';

/** Tells by how many minutes the clocks of a zone are ahead of UTC in a minute since 1970, by `Intl` alone. */
export const offsetsOf = (zone: string): ((minute: number) => number) => {
  const [there, here] = [wallOf(zone), wallOf('UTC')];
  return (minute) => {
    const [local, utc] = [there(minute), here(minute)];
    return local.minuteOfDay - utc.minuteOfDay + DAY * daysBetween(utc.day, local.day);
  };
};

const DAY = 1_440;

type Wall = Readonly<{ day: number; minuteOfDay: number }>;

const wallOf = (timeZone: string): ((minute: number) => Wall) => {
  const format = new Intl.DateTimeFormat('sv', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return (minute) => {
    // In Swedish it reads 2026-03-29 02:15.
    const text = format.format(minute * MINUTE_MS);
    const numberAt = (from: number): number => Number(text.slice(from, from + 2));
    return { day: numberAt(8), minuteOfDay: 60 * numberAt(11) + numberAt(14) };
  };
};

/** Days of the month that are the same, or follow one another: after the last comes the first. */
const daysBetween = (from: number, to: number): number => {
  if (from === to) return 0;
  return to - from === 1 || to - from < -1 ? 1 : -1;
};

/** Minutes since 1970: from one to another, without the latter. */
type Span = Readonly<{ from: number; to: number }>;

/**
 * Walks the clock on the wall minute by minute, and tells in which real minutes of a span a window is open. A minute
 * that is left out is walked all the same, at the moment of the change; what comes twice is not walked again.
 * `turnIn` says what a minute on the wall does to the window. Absent while nothing has happened yet.
 */
export const walkTheWall = (
  offsetAt: (minute: number) => number,
  { from, to }: Span,
  turnIn: (local: number) => boolean | undefined,
): ReadonlyMap<number, boolean> => {
  const open = new Map<number, boolean>();
  let isOpen: boolean | undefined;
  let walked = from - 1 + offsetAt(from - 1);
  for (let minute = from; minute < to; minute += 1) {
    const shown = minute + offsetAt(minute);
    for (; walked < shown; walked += 1) isOpen = turnIn(walked + 1) ?? isOpen;
    if (isOpen !== undefined) open.set(minute, isOpen);
  }
  return open;
};
