import { describe, expect, test } from '@jest/globals';
import { makeTrace } from '#simulator/backtest/generators.ts';
import { optimumOf } from '#simulator/backtest/optimum.ts';
import { hpa } from '#simulator/backtest/policies/hpa.ts';
import { instanceGroup } from '#simulator/backtest/policies/instance-group.ts';
import { nomad } from '#simulator/backtest/policies/nomad.ts';
import { stepScaling } from '#simulator/backtest/policies/step-scaling.ts';
import { targetTracking } from '#simulator/backtest/policies/target-tracking.ts';
import type { Policy } from '#simulator/backtest/policy.ts';
import { violatedShare } from '#simulator/backtest/result.ts';
import { backtest } from '#simulator/backtest/run.ts';
import type { World } from '#simulator/backtest/world.ts';
import { withoutBegin } from '#simulator/backtest/world.ts';
import { costAt } from '#simulator/quality/front.ts';
import { aCourse, aTrace, aWorld } from './a-world.ts';

const TRACKING = { followed: 'requests', lowShare: 0.9, warmupSeconds: 0 } as const;
const PODS = { followed: 'requests', tolerance: 0.1, downSeconds: 300 } as const;

const POLICIES: readonly (readonly [string, (target: number) => Policy])[] = [
  ['target tracking', (target) => targetTracking({ ...TRACKING, target })],
  [
    'step scaling',
    (target) => stepScaling({ followed: 'requests', target, gapShare: 0.25, warmupSeconds: 0 }),
  ],
  ['HPA', (target) => hpa({ ...PODS, target })],
  [
    'Nomad',
    (target) =>
      nomad({
        followed: 'requests',
        target,
        threshold: 0.01,
        cooldownSeconds: 300,
        outCooldownSeconds: 300,
      }),
  ],
  ['a managed instance group', (target) => instanceGroup({ followed: 'requests', target })],
];

/** The least instance-hours at one percent of violated requests, over a row of targets. */
const hoursOf = (world: World, policy: (target: number) => Policy): number => {
  const spots = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1].map((target) => {
    const result = backtest(world, policy(target));
    return { violated: violatedShare(result), cost: result.instanceHours };
  });
  return costAt(spots, 0.01) ?? Number.NaN;
};

describe.each(POLICIES)('%s', (_name, policy) => {
  test('changes nothing under a constant load without noise', () => {
    const world = aWorld(makeTrace('constant', { days: 1, peak: 10 }));
    expect(backtest(world, policy(1)).changes).toBe(0);
  });
});

/** Nomad decides nothing while an instance boots, so that its boots change the rhythm of its decisions. */
const STEADY = POLICIES.filter(([name]) => name !== 'Nomad');

describe.each(STEADY)('%s', (_name, policy) => {
  test('costs no less at equal violations when boots take twice as long', () => {
    const trace = makeTrace('sine', { days: 1, peak: 20 });
    const [once, twice] = [130, 280].map((seconds) => {
      const boot = {
        pendingSeconds: 20,
        start: { kind: 'measured', seconds: [seconds] },
        healthCheckSeconds: 0,
        failureShare: 0,
        retrySeconds: 60,
      } as const;
      return hoursOf(aWorld(trace, { boot, max: 60 }), policy);
    });
    expect(once).toBeGreaterThan(0);
    expect(twice).toBeGreaterThanOrEqual(once!);
  });
});

describe('the books of a run', () => {
  const constant = (capacity: number): Policy => ({
    name: 'constant',
    looks: [0],
    start: () => () => capacity,
  });

  test('bill what runs, the boot of what is launched without its pending time, and the drain at the end', () => {
    const world = aWorld(aCourse([2, 60]));
    // Two for an hour; a third is launched at 60 s, runs from 80 s on and pays for the rest of its first tick.
    expect(backtest(world, constant(2)).instanceHours * 3_600).toBe(2 * 3_630);
    expect(backtest(world, constant(3)).instanceHours * 3_600).toBeCloseTo(3 * 3_630 - 80, -1);
  });

  test('count changes, reversals, launches and minutes at the maximum', () => {
    const swing: Policy = {
      name: 'swing',
      looks: [0],
      start:
        () =>
        ({ now }) =>
          now % 1_200 < 600 ? 5 : 2,
    };
    const result = backtest(aWorld(aCourse([2, 60]), { max: 5 }), swing);
    expect(result).toMatchObject({ changes: 6, reversals: 5, launches: 9, minutesAtMaximum: 29 });
  });

  test('judge neither the begin nor holes, and tell the worst hour', () => {
    const trace = aTrace([...Array(60).fill(4), ...Array(60).fill(2), ...Array(60).fill(4)]);
    const world = aWorld(trace, { unscoredSeconds: 3_600 });
    const result = backtest(world, constant(2));
    expect([result.minutes, result.violatedMinutes > 55, result.worstHour > 0.95]).toEqual([
      120,
      true,
      true,
    ]);

    const holes = aWorld({
      ...trace,
      demand: trace.demand.map((each) => (each > 3 ? Number.NaN : each)),
    });
    expect(backtest(holes, constant(1)).requests).toBe(60 * 60 * 2);
  });

  test('are the same for what remains of a world without its begin', () => {
    const world = aWorld(makeTrace('diurnal', { days: 1, peak: 20 }), { unscoredSeconds: 43_200 });
    const shorter = withoutBegin(world, 1_440);
    expect(optimumOf(shorter).instanceHours).toBe(optimumOf(world).instanceHours);
    expect(backtest(shorter, constant(20)).requests).toBe(backtest(world, constant(20)).requests);
  });
});
