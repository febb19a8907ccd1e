import type { Window } from '#domain/configuration/schedule.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import { offsetsOf, walkTheWall } from './wall-clock.ts';

type Recurring = Extract<Window, { kind: 'recurring' }>;

/** Says whether a window is open; of recurring ones this knows those of one time of each day, in any zone. */
export const isOpen = (window: Window, now: Instant): boolean =>
  window.kind === 'once'
    ? window.from <= now && now < window.to
    : (walked(window, now).get(Math.floor(now / MINUTE_MS)) ?? false);

/** So many minutes are walked before the moment in question, and after it: a run lasts two hours. */
const BEFORE = 3 * 1_440;
const AFTER = 300;

const walks = new WeakMap<Recurring, ReadonlyMap<number, boolean>>();

const walked = (window: Recurring, now: Instant): ReadonlyMap<number, boolean> => {
  const found = walks.get(window);
  const minute = Math.floor(now / MINUTE_MS);
  if (found?.has(minute)) return found;

  const [start, end] = [minuteOf(window.start), minuteOf(window.end)];
  const turnIn = (local: number): boolean | undefined => {
    if (local % 1_440 === end) return false;
    return local % 1_440 === start ? true : undefined;
  };
  const span = { from: minute - BEFORE, to: minute + AFTER };
  const made = walkTheWall(offsetsOf(window.timezone), span, turnIn);
  walks.set(window, made);
  return made;
};

const minuteOf = (line: string): number => {
  const [minute, hour, ...rest] = line.split(' ');
  if (rest.join(' ') !== '* * *') throw new Error(`the checkers cannot read "${line}"`);
  return 60 * Number(hour) + Number(minute);
};
