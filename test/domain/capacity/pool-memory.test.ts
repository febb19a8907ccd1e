import { describe, expect, test } from '@jest/globals';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import { decideRecovery } from '#domain/capacity/decide-recovery.ts';
import {
  heldHead,
  isWorthKeeping,
  settledHead,
  settledHeadWithPool,
} from '#domain/capacity/next-scale-head.ts';
import { poolNeedOf } from '#domain/capacity/rules/pool-need.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import { applied } from '#domain/ledger/outcome.ts';
import { outcomeOfAction } from '#domain/ledger/outcome-of.ts';
import { aCapacityDecision, aScaleHead, minutes, NOON } from '#test/support/builders.ts';
import { decide, GROUP, observe, pool, type Scene } from '#test/support/pools.ts';

describe('what a head remembers of a warm pool', () => {
  const remember = (before: ScaleHead['prepared'], scene: Scene) => {
    const observation = observe({ ...scene, head: { prepared: before ?? [] } });
    const decision = decideCapacity(observation);
    const { prepared } = heldHead(observation, decision);
    return { prepared, isKept: isWorthKeeping(observation, decision) };
  };
  const SCENE: Scene = { capacity: 7, pool: pool(7) };

  test('is each capacity that should be prepared, from its time on', () => {
    expect(remember([], SCENE)).toEqual({
      prepared: [{ at: NOON, capacity: 7 }],
      isKept: true,
    });
    const known = [{ at: NOON - minutes(60), capacity: 7 }];
    expect(remember(known, SCENE)).toEqual({ prepared: known, isKept: false });
  });

  test('is nothing that a later and larger one outdoes', () => {
    const at = (ago: number) => NOON - minutes(ago);
    const before = [
      { at: at(30), capacity: 9 },
      { at: at(20), capacity: 6 },
      { at: at(10), capacity: 5 },
    ];
    expect(remember(before, SCENE).prepared).toEqual([
      { at: at(30), capacity: 9 },
      { at: at(20), capacity: 7 },
    ]);
  });

  test('reaches back 40 minutes, and to what held at their begin', () => {
    const at = (ago: number) => NOON - minutes(ago);
    const before = [
      { at: at(60), capacity: 10 },
      { at: at(41), capacity: 9 },
      { at: at(20), capacity: 8 },
    ];
    expect(remember(before, SCENE).prepared).toEqual([
      { at: at(41), capacity: 9 },
      { at: at(20), capacity: 8 },
      { at: NOON, capacity: 7 },
    ]);
  });

  test('stays while nothing is known, and goes with the pool', () => {
    const known = [{ at: NOON - minutes(60), capacity: 9 }];
    expect(remember(known, { capacity: 7 }).prepared).toEqual(known);
    const { warmPool: _none, ...group } = GROUP;
    const observation = { ...observe({ ...SCENE, head: { prepared: known } }), group };
    expect(heldHead(observation, decideCapacity(observation)).prepared).toBeUndefined();
  });
});

describe('a limit of a warm pool that was planned and not settled', () => {
  const plan = (scene: Scene) => {
    const decision = { ...decide(scene), at: NOON - minutes(1) };
    return { decision, claimedAt: NOON - minutes(1) };
  };
  const BEFORE: Scene = { capacity: 7, pool: pool(9, 2) };
  const recover = (scene: Scene, of: Scene = BEFORE) => decideRecovery(observe(scene), plan(of));
  const SHRINK: Scene = { capacity: 7, pool: pool(9) };

  test('was applied when the pool has it', () => {
    expect(recover({ capacity: 7, pool: pool(7) }, SHRINK)).toEqual({
      kind: 'applied',
      detail: 'the warm pool already has its limit of 7',
    });
  });

  test('is issued again when it never arrived, and is still right', () => {
    expect(recover(SHRINK, SHRINK)).toMatchObject({
      kind: 'reissue',
      decision: { pool: { from: 9, to: 7 } },
      detail: 'the limit of the warm pool, 7, never arrived',
    });
    expect(recover({ capacity: 7, pool: pool(5) }, { capacity: 4, pool: pool(5) }).kind).toBe(
      'reissue',
    );
  });

  test('goes with its capacity when neither arrived and both are still right', () => {
    const scene: Scene = { capacity: 4, pool: pool(5) };
    expect(recover(scene, scene)).toMatchObject({
      kind: 'reissue',
      decision: { from: 4, to: 7, pool: { from: 5, to: 7 } },
      detail: '7 never arrived',
    });
  });

  test('is not issued again beside a capacity that the bounds forbid by now', () => {
    const narrowed = { capacity: { min: 3, max: 3 } };
    const scene: Scene = { capacity: 7, pool: pool(5), group: narrowed };
    expect(recover(scene, { capacity: 4, pool: pool(5) })).toEqual({
      kind: 'applied',
      detail: 'the group already has 7',
    });
  });

  test('is given up when the world has moved on', () => {
    expect(recover({ capacity: 7, pool: pool(8, 1) }, SHRINK)).toMatchObject({
      kind: 'supersede',
      detail: 'the warm pool should now have 7',
    });
    expect(recover({ capacity: 7 }, SHRINK)).toEqual({
      kind: 'supersede',
      detail: 'the warm pool should now have what it has',
    });
  });

  test('leaves a capacity that has arrived what it is', () => {
    expect(recover({ capacity: 7, pool: pool(6) }, { capacity: 4, pool: pool(5) })).toEqual({
      kind: 'applied',
      detail: 'the group already has 7',
    });
    expect(recover({ capacity: 7, pool: pool(7) }, { capacity: 4, pool: pool(7) })).toEqual({
      kind: 'applied',
      detail: 'the group already has 7',
    });
  });
});

describe('what AWS answered about a warm pool', () => {
  const planned = (decision = aCapacityDecision()) =>
    aScaleHead({
      inFlight: { decision, claimedAt: NOON },
    });
  const outcome = outcomeOfAction(aCapacityDecision(), applied);

  test('says nothing of a pool that the plan did not have', () => {
    const settled = settledHeadWithPool(applied)(planned(), outcome, NOON);
    expect(settled).toEqual(settledHead(planned(), outcome, NOON));
    expect(settledHeadWithPool(applied)(aScaleHead(), outcome, NOON)).not.toHaveProperty(
      'lastPool',
    );
  });

  test('is remembered with what the pool had before, if it had a limit', () => {
    const first = aCapacityDecision({ pool: { to: 8, prepared: 8, isReused: true } });
    const { lastPool } = settledHeadWithPool(applied)(planned(first), outcome, NOON);
    expect(lastPool).toEqual({ at: NOON, to: 8 });
  });
});

test('a group without a warm pool needs none beyond what its forecast asks for', () => {
  const { warmPool: _none, ...group } = GROUP;
  const observation = { ...observe({ capacity: 7 }), group };
  expect(poolNeedOf(observation)).toEqual({ units: 7, isCertain: true });
});
