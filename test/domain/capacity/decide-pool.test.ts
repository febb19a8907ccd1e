import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import { recommend } from '#domain/capacity/recommend.ts';
import type { SeenDemand } from '#domain/capacity/rules/demand.ts';
import { isAction } from '#domain/ledger/decision.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import { aGroupState, minutes, NOON, seconds, someInstances } from '#test/support/builders.ts';
import { FORECAST, steadyDemand } from '#test/support/demand.ts';
import { decide, GROUP, OURS, observe, pool, type Scene, SEVEN } from '#test/support/pools.ts';

describe('a group with a warm pool', () => {
  test('runs what can serve no sooner, and lets what is ready wait', () => {
    const rising = { ...SEVEN, minutes: SEVEN.minutes.map((_, at) => 300 * 60 + at * 30) };
    const without = recommend(FORECAST, observe({ capacity: 7, demand: rising }));
    const beside = recommend(FORECAST, observe({ capacity: 7, demand: rising, pool: pool(9, 2) }));

    expect(without).toMatchObject({ capacity: 9 });
    expect(beside).toMatchObject({ capacity: 8 });
    expect(beside.detail).toContain('needs 8 beside 1 that can be started');
  });

  test('does not count as ready what a scale-out has claimed', () => {
    const rising = { ...SEVEN, minutes: SEVEN.minutes.map((_, at) => 300 * 60 + at * 30) };
    const state = aGroupState({ capacityDesired: 7, instances: someInstances(5) });
    expect(
      recommend(FORECAST, observe({ capacity: 7, demand: rising, pool: pool(9, 2), state })),
    ).toMatchObject({ capacity: 9 });
  });

  test('gets a pool once enough is known, and no cooldown begins', () => {
    const rising = { ...SEVEN, minutes: SEVEN.minutes.map((_, at) => 300 * 60 + at * 30) };
    const decision = decide({ capacity: 9, demand: rising, pool: pool() });

    expect(decision).toMatchObject({
      from: 9,
      to: 9,
      reason: 'PoolSized',
      pool: { to: 9, prepared: 9, isReused: true },
    });
    expect(decision.pool).not.toHaveProperty('from');
    expect(isAction(decision)).toBe(true);
    expect(decision.summary).toContain('with its warm pool it has up to 9, of which 0 are stopped');
  });

  test('says what its pool had before, when capacity and pool change together', () => {
    const { summary, reason } = decide({ capacity: 4, pool: pool(5) });
    expect(reason).toBe('ScaledOut');
    expect(summary).toContain('; with its warm pool it has up to 7 instead of 5, of which 0 are');
  });

  test('does nothing about a pool that has its limit', () => {
    const decision = decide({ capacity: 7, pool: pool(7) });
    expect(decision).toMatchObject({ reason: 'Steady', pool: { from: 7, to: 7, prepared: 7 } });
    expect(isAction(decision)).toBe(false);
  });

  test.each([
    { title: 'no pool was asked for', scene: { group: { warmPool: undefined } } },
    { title: 'the pool could not be read', scene: { pool: undefined } },
    {
      title: 'the pool is being deleted',
      scene: { pool: { ...pool(9), settings: { ...OURS, prepared: 9, isBeingDeleted: true } } },
    },
    { title: 'an instance refresh is under way', scene: { obstacles: [REFRESH()] } },
    { title: 'a person has paused the group', scene: { override: PAUSE() } },
    {
      title: 'AWS has refused it a moment ago',
      scene: { head: { poolRefused: { at: NOON - seconds(59), refusals: 1 } } },
    },
    {
      title: 'AWS has refused it twice, minutes ago',
      scene: { head: { poolRefused: { at: NOON - seconds(239), refusals: 2 } } },
    },
  ])('is left alone when $title', ({ scene }) => {
    const { warmPool, ...rest } = GROUP;
    const { group, ...more } = scene as Partial<Scene>;
    const observation = observe({ capacity: 7, pool: pool(9), ...more });
    const decision = decideCapacity(
      group === undefined ? observation : { ...observation, group: rest },
    );
    expect(decision.pool).toBeUndefined();
  });

  test.each([
    { at: NOON - seconds(60), refusals: 1 },
    { at: NOON - seconds(240), refusals: 2 },
  ])('tries again after $refusals refusals', (poolRefused) => {
    expect(decide({ capacity: 7, pool: pool(9), head: { poolRefused } }).pool).toMatchObject({
      to: 7,
    });
  });

  test.each([
    { process: 'AlarmNotification', limit: 9 },
    { process: 'Terminate', limit: 9 },
    { process: 'Launch', limit: 6 },
  ])('is left alone while $process is suspended and the change needs it', ({ process, limit }) => {
    const state = aGroupState({
      capacityDesired: 7,
      instances: someInstances(7),
      suspendedProcesses: [process],
    });
    expect(decide({ capacity: 7, pool: pool(limit), state }).pool).toBeUndefined();
  });

  test.each([
    { title: 'a least size', settings: { minSize: 1 } },
    { title: 'running instances', settings: { poolState: 'Running' } },
    { title: 'another policy of reuse', settings: { isReused: false } },
  ])('takes a pool over that has $title', ({ settings }) => {
    const theirs = { settings: { ...OURS, prepared: 7, ...settings }, ready: 0, warming: 0 };
    const decision = decide({ capacity: 7, pool: theirs });
    expect(decision.pool).toEqual({ to: 7, prepared: 7, isReused: true });
    expect(isAction(decision)).toBe(true);
  });
});

function REFRESH() {
  return { reason: 'InstanceRefreshActive', detail: 'a refresh is under way' } as const;
}
function PAUSE() {
  return {
    id: 'web-1',
    kind: 'pause',
    by: 'ada',
    reason: 'a deployment',
    since: NOON - 1,
    until: NOON + minutes(60),
  } as const;
}

describe('the instances of a warm pool', () => {
  const past = (ago: number, capacity: number) => ({ at: NOON - minutes(ago), capacity });

  test('are kept as long as they were wanted within 40 minutes', () => {
    const kept = (prepared: ScaleHead['prepared']) =>
      decide({ capacity: 7, pool: pool(9, 2), head: { prepared: prepared ?? [] } }).pool?.to;

    expect(kept([past(50, 9), past(39, 7)])).toBe(9);
    expect(kept([past(50, 9), past(40, 7)])).toBe(7);
    expect(kept([past(50, 8), past(39, 7)])).toBe(8);
  });

  test('are not made anew for the sake of what was wanted once', () => {
    const prepared = [past(30, 9), past(20, 7)];
    expect(decide({ capacity: 7, pool: pool(7), head: { prepared } }).pool?.to).toBe(7);
    expect(decide({ capacity: 7, pool: pool(9, 1), head: { prepared } }).pool?.to).toBe(8);
  });

  test('count as long as a read may not show them yet', () => {
    const head = { prepared: [past(30, 9)], lastPool: { at: NOON - seconds(59), from: 7, to: 9 } };
    expect(decide({ capacity: 7, pool: pool(7), head }).pool).toMatchObject({ from: 9, to: 9 });
    const older = { ...head, lastPool: { ...head.lastPool, at: NOON - seconds(60) } };
    expect(decide({ capacity: 7, pool: pool(7), head: older }).pool).toMatchObject({ from: 7 });
  });

  test.each([
    { isReused: true, limit: 9 },
    { isReused: false, limit: 7 },
  ])('come from those that leave, if reused: $isReused', ({ isReused, limit }) => {
    const warmPool = { wakeSeconds: 40, isReused };
    const settings = { ...OURS, prepared: 9, isReused };
    const head = { prepared: [past(30, 9), past(20, 7)] };
    const decision = decide({
      capacity: 9,
      group: { warmPool },
      pool: { settings, ready: 0, warming: 0 },
      head,
    });
    expect(decision).toMatchObject({ from: 9, to: 7, pool: { from: 9, to: limit } });
  });

  test('are those that a scale-out leaves', () => {
    const head = { prepared: [past(30, 9), past(20, 7)] };
    const decision = decide({ capacity: 5, pool: pool(9, 3), head });
    expect(decision).toMatchObject({ from: 5, to: 7, pool: { from: 9, to: 8 } });
  });
});

describe('the data behind a warm pool', () => {
  const prepared = [{ at: NOON - minutes(60), capacity: 9 }];
  const few = steadyDemand({ perSecond: 100, count: 12 });
  const late = steadyDemand({ perSecond: 300, missing: 7 });
  const none: SeenDemand = { ...SEVEN, minutes: [] };

  test.each([
    { title: 'missing', demand: none },
    { title: 'late', demand: late },
    { title: 'too few', demand: few },
  ])('never shrink it while they are $title', ({ demand }) => {
    const decision = decide({ capacity: 7, demand, pool: pool(9, 2), head: { prepared } });
    expect(decision).toMatchObject({ to: 7, pool: { from: 9, to: 9, prepared: 9 } });
    expect(decide({ capacity: 7, demand, pool: pool(9, 2) }).pool).toMatchObject({ to: 9 });
  });

  test.each([
    { title: 'are refused', scene: { refused: { requests: 'no such metric' } } },
    {
      title: 'have not taught the rule anything',
      scene: { group: { rules: [withoutShare()] } },
    },
    { title: 'only speak to a shadow', scene: { group: { rules: [shadow()] } } },
    { title: 'are forecast by no rule', scene: { group: { rules: [] } } },
  ])('never shrink it while they $title', ({ scene }) => {
    expect(decide({ capacity: 7, pool: pool(9, 2), ...scene }).pool).toMatchObject({ to: 9 });
    expect(decide({ capacity: 7, pool: pool(), ...scene }).pool).toBeUndefined();
  });

  test('may raise it while they arrive', () => {
    const arrivingDemands = { requests: [600 * 60] };
    const { pool: found } = decide({ capacity: 10, pool: pool(10), arrivingDemands });
    expect(found?.prepared).toBe(10);
    expect(decide({ capacity: 7, pool: pool(7), arrivingDemands }).to).toBeGreaterThan(7);
  });

  test('of a maximum that is lower now do not hold it above', () => {
    const decision = decide({
      capacity: 7,
      demand: none,
      group: { capacity: { min: 2, max: 8 } },
      pool: pool(9, 2),
    });
    expect(decision.pool).toMatchObject({ from: 9, to: 8 });
  });
});

function withoutShare() {
  const { perInstance: _share, ...rule } = FORECAST;
  return rule;
}
function shadow() {
  return { ...FORECAST, isShadow: true } as const;
}

test('whatever it sees, a pool stays within its bounds, and shrinks on data only', () => {
  const scenes = fc.record({
    perSecond: fc.integer({ min: 0, max: 900 }),
    missing: fc.integer({ min: 0, max: 15 }),
    count: fc.integer({ min: 0, max: 90 }),
    capacity: fc.integer({ min: 2, max: 10 }),
    limit: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
    ready: fc.integer({ min: 0, max: 8 }),
    wanted: fc.integer({ min: 2, max: 12 }),
    ago: fc.integer({ min: 0, max: 60 }),
    isReused: fc.boolean(),
  });
  fc.assert(
    fc.property(scenes, ({ perSecond, missing, count, capacity, limit, ready, ...more }) => {
      const demand = steadyDemand({ perSecond, count, missing });
      const settings = { ...OURS, isReused: more.isReused };
      const decision = decide({
        capacity,
        demand,
        group: { warmPool: { wakeSeconds: 40, isReused: more.isReused } },
        pool: {
          settings: limit === undefined ? settings : { ...settings, prepared: limit },
          ready,
          warming: 0,
        },
        head: { prepared: [{ at: NOON - minutes(more.ago), capacity: more.wanted }] },
      });
      const { to, pool: found } = decision;
      if (found === undefined) return;

      expect(found.to).toBeGreaterThanOrEqual(to);
      expect(found.to).toBeLessThanOrEqual(10);
      expect(found.prepared).toBeLessThanOrEqual(found.to);
      const isBlind = count < 10 || missing > 5;
      if (isBlind) expect(found.to).toBeGreaterThanOrEqual(Math.min(10, limit ?? 0));
    }),
  );
});
