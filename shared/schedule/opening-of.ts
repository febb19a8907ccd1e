import { Cron } from 'croner';
import type { Instant } from '../domain/instant.ts';
import type { Opening, Window } from '../domain/schedule.ts';

/**
 * Whether a window is open at a moment: of a recurring one, whether it last began after it last ended.
 * When the clocks change, what falls into the gap happens after it, and what comes twice happens once.
 */
export const openingOf = (window: Window, now: Instant): Opening => {
  if (window.kind === 'once') {
    const isOpen = window.from <= now && now < window.to;
    if (now >= window.to) return { isOpen };
    return { isOpen, changesAt: isOpen ? window.to : window.from };
  }

  const { start, end } = cronsOf(window);
  // A run at this very moment counts as one that has been.
  const began = lastOf(start, now + 1);
  const isOpen = began !== undefined && began >= (lastOf(end, now + 1) ?? 0);
  const next = (isOpen ? end : start).nextRun(new Date(now));
  return { isOpen, ...(next === null ? {} : { changesAt: next.getTime() }) };
};

type Recurring = Extract<Window, { kind: 'recurring' }>;
type Crons = Readonly<{ start: Cron; end: Cron }>;

/** Cron lines are read once; the rules of a deployment do not change. */
const cache = new WeakMap<Recurring, Crons>();

const cronsOf = (window: Recurring): Crons => {
  const found = cache.get(window);
  if (found) return found;

  const { start, end, timezone } = window;
  const options = { paused: true, timezone, mode: '5-part' } as const;
  const crons = { start: new Cron(start, options), end: new Cron(end, options) };
  cache.set(window, crons);
  return crons;
};

const lastOf = (cron: Cron, before: Instant): Instant | undefined =>
  cron.previousRuns(1, new Date(before))[0]?.getTime();
