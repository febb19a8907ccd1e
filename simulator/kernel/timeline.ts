import type { Instant } from '#domain/time/instant.ts';
import { createAgenda } from './agenda.ts';
import { drain } from './drain.ts';

/** Virtual time: it leaps from one thing that happens to the next, always in the same order. */
export type Timeline = Readonly<{
  now: () => Instant;
  /** Runs the job at that instant, or now when it is past; promises that it frees run with it. */
  at: (instant: Instant, job: () => void) => void;
  /** The same for a job that frees no promise: nothing is waited for after it. */
  quietly: (instant: Instant, job: () => void) => void;
  /** Resolves after so many milliseconds. */
  sleep: (ms: number) => Promise<void>;
  /** Lets everything happen that is due until then, and stops there. */
  runUntil: (end: Instant) => Promise<void>;
}>;

export const createTimeline = (start: Instant): Timeline => {
  const agenda = createAgenda<Readonly<{ job: () => void; isQuiet: boolean }>>();
  let now = start;

  const timeline: Timeline = {
    now: () => now,
    at: (instant, job) => agenda.put(Math.max(now, instant), { job, isQuiet: false }),
    quietly: (instant, job) => agenda.put(Math.max(now, instant), { job, isQuiet: true }),
    sleep: (ms) => new Promise((resolve) => timeline.at(now + ms, resolve)),
    runUntil: async (end) => {
      await drain();
      for (let next = agenda.take(end); next !== undefined; next = agenda.take(end)) {
        now = next.at;
        next.value.job();
        if (!next.value.isQuiet) await drain();
      }
      now = Math.max(now, end);
    },
  };
  return timeline;
};
