import { Cron } from 'croner';
import type { Opening, Window } from '#domain/configuration/schedule.ts';
import type { Instant } from '#domain/time/instant.ts';
import { instantOf, type LocalTime, readClock } from '#domain/time/local-clock.ts';

/**
 * Tells whether a window is open at a moment: of a recurring one, whether on its own clock it last began after it
 * last ended. A minute in which it both begins and ends is one in which it ends, so that a window without
 * any length is never open. `readClock` says what happens when the clocks change.
 */
export const openingOf = (window: Window, now: Instant): Opening =>
  window.kind === 'once' ? onceAt(window, now) : recurringAt(window, now);

type Once = Extract<Window, { kind: 'once' }>;
type Recurring = Extract<Window, { kind: 'recurring' }>;

const onceAt = ({ from, to }: Once, now: Instant): Opening => {
  const isOpen = from <= now && now < to;
  if (isOpen) return { isOpen, changesAt: to };
  return now < from && from < to ? { isOpen, changesAt: from } : { isOpen };
};

const recurringAt = (window: Recurring, now: Instant): Opening => {
  const local = readClock(window.timezone, now);
  const isOpen = isOpenAt(window, local);
  const changesAt = nextChange(window, local, isOpen);
  return changesAt === undefined ? { isOpen } : { isOpen, changesAt };
};

const isOpenAt = (window: Recurring, local: LocalTime): boolean => {
  const { start, end } = cronsOf(window);
  const began = lastOf(start, local);
  return began !== undefined && began > (lastOf(end, local) ?? Number.NEGATIVE_INFINITY);
};

/** So many runs may change nothing: they fall together with the others, or into a gap of the clocks. */
const MOST_RUNS = 500;

const nextChange = (window: Recurring, local: LocalTime, isOpen: boolean): Instant | undefined => {
  const { start, end } = cronsOf(window);
  const { timezone } = window;
  let next = new Date(local);
  for (let run = 0; run < MOST_RUNS; run += 1) {
    const following = (isOpen ? end : start).nextRun(next);
    if (following === null) return undefined;

    const at = instantOf(timezone, following.getTime());
    if (isOpenAt(window, readClock(timezone, at)) !== isOpen) return at;
    next = following;
  }
  return undefined;
};

type Crons = Readonly<{ start: Cron; end: Cron }>;

/** Cron lines are read once; the rules of a deployment do not change. */
const cache = new WeakMap<Recurring, Crons>();

/** The lines run on local times, which are written as if they were of UTC. */
const cronsOf = (window: Recurring): Crons => {
  const found = cache.get(window);
  if (found) return found;

  const options = { paused: true, timezone: 'UTC', mode: '5-part' } as const;
  const crons = { start: new Cron(window.start, options), end: new Cron(window.end, options) };
  cache.set(window, crons);
  return crons;
};

/** Finds when a line ran last; a run at this very moment counts as one that has been. */
const lastOf = (cron: Cron, local: LocalTime): LocalTime | undefined =>
  cron.previousRuns(1, new Date(local + 1))[0]?.getTime();
