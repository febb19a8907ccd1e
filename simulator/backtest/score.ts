import type { Result } from './result.ts';
import { add, at, largestOf, sumOf } from './series.ts';
import { DAY_SECONDS } from './trace.ts';
import type { World } from './world.ts';

/** One tick of a run, after it was served. */
export type Served = Readonly<{
  tick: number;
  arrivals: number;
  isViolated: boolean;
  desired: number;
}>;

export type Score = ReturnType<typeof createScore>;

/** Keeps the books of a run, from its first scored tick on. */
export const createScore = (world: World) => {
  const { ticks, firstScored, conditions, isHole } = world;
  const { tickSeconds, max, instanceHour } = conditions;
  const begin = firstScored * tickSeconds;
  const end = ticks * tickSeconds;
  const dayCount = Math.max(1, Math.ceil((end - begin) / DAY_SECONDS));
  const days = emptyDays(dayCount);
  const hours = {
    requests: new Float64Array(dayCount * 25),
    violated: new Float64Array(dayCount * 25),
  };
  const minutes = new Uint8Array(Math.ceil((end - begin) / 60));
  let [changes, reversals, launches, ticksAtMaximum, direction] = [0, 0, 0, 0, 0];

  return {
    /**
     * Bills a stretch of time with a share of the price of running; what runs or drains beyond the end belongs to the
     * last day.
     */
    bill: (from: number, to: number, share = 1): void => {
      let start = Math.max(from, begin);
      while (start < to) {
        const day = Math.min(dayCount - 1, Math.floor((start - begin) / DAY_SECONDS));
        const stop = day === dayCount - 1 ? to : Math.min(to, begin + (day + 1) * DAY_SECONDS);
        add(days.instanceHours, day, (share * (stop - start)) / 3_600);
        start = stop;
      }
    },
    serve: ({ tick, arrivals, isViolated, desired }: Served): void => {
      if (tick < firstScored || at(isHole, tick) === 1) return;
      const seconds = (tick - firstScored) * tickSeconds;
      const violated = isViolated ? arrivals : 0;
      add(days.requests, Math.floor(seconds / DAY_SECONDS), arrivals);
      add(days.violatedRequests, Math.floor(seconds / DAY_SECONDS), violated);
      add(hours.requests, Math.floor(seconds / 3_600), arrivals);
      add(hours.violated, Math.floor(seconds / 3_600), violated);
      if (isViolated) minutes[Math.floor(seconds / 60)] = 1;
      if (desired >= max) ticksAtMaximum += 1;
    },
    change: (now: number, from: number, to: number): void => {
      const next = Math.sign(to - from);
      if (now >= begin) {
        changes += 1;
        launches += Math.max(0, to - from);
        if (direction !== 0 && next !== direction) reversals += 1;
      }
      direction = next;
    },
    result: (policy: string): Result => {
      const instanceHours = sumOf(days.instanceHours);
      return {
        policy,
        seed: world.seed,
        instanceHours,
        cost: instanceHours * instanceHour,
        requests: sumOf(days.requests),
        violatedRequests: sumOf(days.violatedRequests),
        minutes: minutes.length,
        violatedMinutes: sumOf(minutes),
        worstHour: largestOf(hours.requests.map((all, hour) => at(hours.violated, hour) / all)),
        minutesAtMaximum: (ticksAtMaximum * tickSeconds) / 60,
        changes,
        reversals,
        launches,
        days,
      };
    },
  };
};

const emptyDays = (count: number): Result['days'] => ({
  instanceHours: new Float64Array(count),
  requests: new Float64Array(count),
  violatedRequests: new Float64Array(count),
});
