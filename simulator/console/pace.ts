import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** The pace of a simulated day that somebody watches. */
export type Pace = Readonly<{
  speed: () => number;
  /** Simulated seconds in a second; 0 lets time stand still. */
  change: (speed: number) => void;
  /** Waits until the next simulated minute is due; throws `DayOver` once the day is ended. */
  wait: () => Promise<void>;
  end: () => void;
}>;

/** Ends a day that somebody watched. */
export class DayOver extends Error {
  override readonly name = 'DayOver';
}

const MINUTE_MS = 60_000;
/** Minutes that pass in a hurry between two breaths, in which the page is answered. */
const BREATH = 20;
/** Time that stands still is looked at again after so long. */
const STILL_MS = 3_600_000;

/** Keeps the pace of a day by the real clock, after minutes that pass as fast as they go; a new speed counts at once. */
export const createPace = (begin: number, hurried: number): Pace => {
  let speed = begin;
  let passed = 0;
  let isOver = false;
  let waking = new AbortController();
  const wake = (): void => {
    waking.abort();
    waking = new AbortController();
  };

  /** Waits for so long, or until somebody wakes it. */
  const rest = async (ms: number): Promise<void> => {
    const { signal } = waking;
    await sleep(ms, undefined, { signal }).catch(() => {});
  };
  const untilDue = async (): Promise<void> => {
    const began = performance.now();
    const left = (): number =>
      speed === 0 ? STILL_MS : began + MINUTE_MS / speed - performance.now();
    do await rest(Math.max(0, left()));
    while (!isOver && left() > 0);
  };

  return {
    speed: () => speed,
    change: (next) => {
      speed = next;
      wake();
    },
    end: () => {
      isOver = true;
      wake();
    },
    wait: async () => {
      passed += 1;
      if (passed > hurried) await untilDue();
      else if (passed % BREATH === 0) await rest(0);
      if (isOver) throw new DayOver('the day was ended');
    },
  };
};
