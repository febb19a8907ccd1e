import { type Conditions, USUAL_CONDITIONS } from '#simulator/backtest/conditions.ts';
import type { Policy } from '#simulator/backtest/policy.ts';
import { backtest } from '#simulator/backtest/run.ts';
import type { Trace } from '#simulator/backtest/trace.ts';
import { createWorld, type World } from '#simulator/backtest/world.ts';

/** One instance carries one request a second, boots in 150 s of which 20 are not billed, and nothing is left to chance. */
const EXACT: Conditions = {
  ...USUAL_CONDITIONS,
  service: {
    ratePerInstance: 1.25,
    workers: 8,
    timeoutMs: 10_000,
    sharing: 'even',
    objective: { kind: 'utilisation', most: 0.8 },
  },
  boot: {
    pendingSeconds: 20,
    start: { kind: 'measured', seconds: [130] },
    healthCheckSeconds: 0,
    failureShare: 0,
    retrySeconds: 60,
  },
  min: 1,
  max: 100,
  arrivals: 'exact',
  cpuNoise: 0,
  zones: 1,
};

/** A trace of minutes with the given demands in a second. */
export const aTrace = (demand: readonly number[]): Trace => ({
  name: 'made up',
  start: 1_772_409_600,
  stepSeconds: 60,
  demand: Float64Array.from(demand),
  saturated: new Uint8Array(demand.length),
});

/** Demand in a second that holds for so many minutes, one after the other, without anything in between. */
export const aCourse = (
  ...parts: readonly (readonly [demand: number, minutes: number])[]
): Trace => ({
  ...aTrace(parts.flatMap(([demand, minutes]) => Array<number>(4 * minutes).fill(demand))),
  stepSeconds: 15,
});

export const aWorld = (trace: Trace, changes: Partial<Conditions> = {}, seed = 1): World =>
  createWorld(trace, { ...EXACT, ...changes }, seed);

/** The changes of the desired capacity in a run: the second of each look that made one, and the new capacity. */
export const changesOf = (world: World, policy: Policy): readonly (readonly [number, number])[] => {
  const changes: (readonly [number, number])[] = [];
  const { min, max } = world.conditions;
  backtest(world, {
    ...policy,
    start: (given) => {
      const decide = policy.start(given);
      return (view) => {
        const wanted = Math.min(max, Math.max(min, decide(view)));
        if (wanted !== view.desired) changes.push([view.now, wanted]);
        return wanted;
      };
    },
  });
  return changes;
};
