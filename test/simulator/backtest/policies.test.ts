import { describe, expect, test } from '@jest/globals';
import { predictive, scheduled } from '#simulator/backtest/policies/by-the-hour.ts';
import { staticPeak } from '#simulator/backtest/policies/fixed.ts';
import { hpa } from '#simulator/backtest/policies/hpa.ts';
import { instanceGroup } from '#simulator/backtest/policies/instance-group.ts';
import { nomad } from '#simulator/backtest/policies/nomad.ts';
import { percentOf, stepScaling } from '#simulator/backtest/policies/step-scaling.ts';
import { targetTracking } from '#simulator/backtest/policies/target-tracking.ts';
import { aCourse, aWorld, changesOf } from './a-world.ts';

/** At first 10 instances carry 10 requests a second, each 1; a minute's datapoint is a minute late. */
const UP = aWorld(aCourse([10, 30], [20, 60]));
const DOWN = aWorld(aCourse([20, 30], [10, 60]));
const STEP_AT = 1_800;

describe('target tracking of EC2', () => {
  const settings = { followed: 'requests', target: 1, lowShare: 0.9, warmupSeconds: 0 } as const;

  test('adds what is missing once three minutes in a row have been above the target, and can be seen', () => {
    // The third minute ends at 180 s and can be read at 240 s.
    expect(changesOf(UP, targetTracking(settings))).toEqual([[STEP_AT + 240, 20]]);
  });

  test('goes on adding nothing while the first addition boots, for the step is reckoned from the load', () => {
    const late = { pendingSeconds: 20, healthCheckSeconds: 0, failureShare: 0, retrySeconds: 60 };
    const slow = aWorld(aCourse([10, 30], [20, 60]), {
      boot: { ...late, start: { kind: 'measured', seconds: [880] } },
    });
    expect(changesOf(slow, targetTracking(settings))).toEqual([[STEP_AT + 240, 20]]);
  });

  test('removes once fifteen minutes in a row have been below the low threshold, and can be seen', () => {
    expect(changesOf(DOWN, targetTracking(settings))).toEqual([[STEP_AT + 960, 10]]);
  });

  test.each([
    [13.9, 14],
    [14.1, 20],
  ])(
    'with the low threshold at seven tenths, twenty instances at a load of %d become %d',
    (load, left) => {
      const world = aWorld(aCourse([20, 30], [load, 60]));
      const changes = changesOf(world, targetTracking({ ...settings, lowShare: 0.7 }));
      expect(changes.at(-1)?.[1] ?? 20).toBe(left);
    },
  );

  test('removes nothing while an instance warms up', () => {
    const world = aWorld(aCourse([10, 30], [20, 10], [10, 120]));
    // Ten were launched at 2,040 s and are in service from 2,190 s on.
    const removalWith = (warmupSeconds: number) =>
      changesOf(world, targetTracking({ ...settings, warmupSeconds })).at(-1);
    expect(removalWith(0)).toEqual([2_400 + 960, 10]);
    expect(removalWith(1_200)).toEqual([3_420, 10]);
  });

  test('sees no more than all processors busy, and climbs in steps', () => {
    const crowd = aWorld(aCourse([10, 30], [60, 60]));
    const changes = changesOf(crowd, targetTracking({ ...settings, followed: 'cpu', target: 80 }));
    // 10 instances at 100 % need 100/80 of themselves.
    expect(changes[0]).toEqual([STEP_AT + 240, 13]);
    expect(changes.length).toBeGreaterThan(5);
    expect(changes.at(-1)?.[1]).toBeGreaterThanOrEqual(60);
  });

  test('acts within a minute on three samples of ten seconds', () => {
    const fast = targetTracking({ ...settings, metrics: { periodSeconds: 15, delaySeconds: 5 } });
    expect(changesOf(UP, fast)[0]).toEqual([STEP_AT + 50, 20]);
  });
});

describe('step scaling', () => {
  const settings = { followed: 'requests', target: 1, gapShare: 0.25, warmupSeconds: 0 } as const;

  test('adds thirty percent far above its threshold after two minutes', () => {
    expect(changesOf(UP, stepScaling(settings))[0]).toEqual([STEP_AT + 180, 13]);
  });

  test('adds ten percent a little above it', () => {
    const world = aWorld(aCourse([10, 30], [11, 60]));
    expect(changesOf(world, stepScaling(settings))[0]).toEqual([STEP_AT + 180, 11]);
  });

  test('adds again as soon as what it added is in service, unless it still warms up', () => {
    const world = aWorld(aCourse([10, 30], [11, 60]));
    const changesWith = (warmupSeconds: number) =>
      changesOf(world, stepScaling({ ...settings, warmupSeconds })).map(([, capacity]) => capacity);
    expect(changesWith(0)).toEqual([11, 12]);
    expect(changesWith(180)).toEqual([11]);
  });

  test('removes ten percent after five minutes below the low threshold', () => {
    expect(changesOf(DOWN, stepScaling(settings))[0]).toEqual([STEP_AT + 360, 18]);
  });

  test.each([
    [127, 10, 12],
    [5, 10, 1],
    [5, -10, -1],
    [66.7, -10, -6],
    [0, 10, 0],
  ])('rounds as AWS does: of %d instances %d percent are %d', (capacity, percent, change) => {
    expect(percentOf(capacity, percent)).toBe(change);
  });
});

describe('the Horizontal Pod Autoscaler', () => {
  const settings = { followed: 'requests', target: 1, tolerance: 0.1, downSeconds: 300 } as const;

  test('follows the first datapoint that it sees', () => {
    expect(changesOf(UP, hpa(settings))).toEqual([[STEP_AT + 120, 20]]);
  });

  test('at most doubles, or adds four, in fifteen seconds', () => {
    const world = aWorld(aCourse([1, 30], [25, 60]));
    expect(changesOf(world, hpa(settings)).map(([, capacity]) => capacity)).toEqual([
      5, 10, 20, 25,
    ]);
  });

  test('shrinks to the largest recommendation of five minutes', () => {
    expect(changesOf(DOWN, hpa(settings))).toEqual([[STEP_AT + 420, 10]]);
  });

  test.each([
    [10.9, 10],
    [11.1, 12],
  ])('within a tolerance of a tenth it stays: ten become, at %d, %d', (load, capacity) => {
    const world = aWorld(aCourse([10, 30], [load, 30]));
    expect(changesOf(world, hpa(settings)).at(-1)?.[1] ?? 10).toBe(capacity);
  });
});

describe('target-value of the Nomad Autoscaler', () => {
  const settings = {
    followed: 'requests',
    target: 1,
    threshold: 0.01,
    cooldownSeconds: 300,
    outCooldownSeconds: 300,
  } as const;

  test('multiplies the present count by the newest value', () => {
    expect(changesOf(UP, nomad(settings))[0]).toEqual([STEP_AT + 120, 20]);
  });

  test('waits for its cooldown, in which an old value would mislead it', () => {
    const [first, second] = changesOf(DOWN, nomad(settings));
    expect(first).toEqual([STEP_AT + 120, 10]);
    expect(second).toBeUndefined();
  });

  test('decides nothing while the group is busy', () => {
    const busy = changesOf(UP, nomad({ ...settings, cooldownSeconds: 0, outCooldownSeconds: 0 }));
    expect(busy.filter(([at]) => at > STEP_AT + 120 && at < STEP_AT + 270)).toEqual([]);
  });
});

describe('a managed instance group of Google', () => {
  const settings = { followed: 'requests', target: 1 } as const;

  test('grows at once', () => {
    expect(changesOf(UP, instanceGroup(settings))).toEqual([[STEP_AT + 120, 20]]);
  });

  test('shrinks to the largest need of ten minutes', () => {
    expect(changesOf(DOWN, instanceGroup(settings))).toEqual([[STEP_AT + 660, 10]]);
  });

  test('with scale-in controls gives no more than a share away in ten minutes', () => {
    const changes = changesOf(DOWN, instanceGroup({ ...settings, mostRemovedShare: 0.2 }));
    expect(changes.slice(0, 3)).toEqual([
      [STEP_AT + 660, 16],
      [STEP_AT + 1_260, 13],
      [STEP_AT + 1_860, 11],
    ]);
  });
});

describe('what goes by the clock', () => {
  /** Two days: ten hours of 5 requests a second, then fourteen of 10. */
  const course = aCourse([5, 600], [10, 840], [5, 600], [10, 840]);
  const world = aWorld(course, { unscoredSeconds: 86_400 });
  const tenOClock = 86_400 + 36_000;

  test('a schedule sets what each hour needed on the day before', () => {
    const changes = changesOf(world, scheduled({ target: 1 })).filter(([at]) => at >= 86_400);
    expect(changes).toEqual([
      [86_400, 5],
      [tenOClock, 10],
    ]);
  });

  test('predictive scaling launches five minutes before the hour', () => {
    const dynamic = targetTracking({
      followed: 'requests',
      target: 1,
      lowShare: 0.9,
      warmupSeconds: 0,
    });
    const changes = changesOf(world, predictive({ target: 1, bufferSeconds: 300 }, dynamic));
    expect(changes.filter(([at]) => at > 86_400 + 3_600)).toEqual([[tenOClock - 300, 10]]);
  });

  test('the static peak never moves', () => {
    expect(changesOf(world, staticPeak())).toEqual([[60, 10]]);
  });
});
