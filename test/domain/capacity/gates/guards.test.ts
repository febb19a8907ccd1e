import { describe, expect, test } from '@jest/globals';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import { decideRecovery } from '#domain/capacity/decide-recovery.ts';
import { guarded, objectionTo } from '#domain/capacity/gates/guards.ts';
import type { GroupObservation } from '#domain/capacity/observation.ts';
import { signatureOfHold } from '#domain/capacity/says-more.ts';
import { outcomeOfHold } from '#domain/ledger/outcome-of.ts';
import type { Obstacle } from '#domain/observed/obstacle.ts';
import {
  aBehavior,
  aCapacityDecision,
  aGroup,
  aGroupState,
  anObservation,
  anOverride,
  aScaleHead,
  CPU_LOW,
  firing,
  minutes,
  NOON,
  seconds,
  someInstances,
} from '#test/support/builders.ts';

const REFRESH: Obstacle = { reason: 'InstanceRefreshActive', detail: 'a refresh is under way' };

/** Twelve units, of which so many are protected, under a maximum of five. */
const above = (protectedCount: number, overrides: Partial<GroupObservation> = {}) =>
  anObservation({
    group: aGroup({ rules: [], capacity: { min: 1, max: 5 } }),
    state: aGroupState({
      capacityDesired: 12,
      instances: someInstances(12).map((each, index) => ({
        ...each,
        isProtected: index < protectedCount,
      })),
    }),
    ...overrides,
  });

describe('a group above its maximum', () => {
  test.each([
    { count: 0, to: 5, reason: 'AboveMaximum' },
    { count: 5, to: 5, reason: 'AboveMaximum' },
    { count: 6, to: 6, reason: 'AboveMaximum' },
    { count: 11, to: 11, reason: 'AboveMaximum' },
    { count: 12, to: 12, reason: 'InstancesProtected' },
  ])('of which $count of 12 are protected goes to $to', ({ count, to, reason }) => {
    expect(decideCapacity(above(count))).toMatchObject({ from: 12, to, reason });
  });

  test('says what keeps it there', () => {
    expect(decideCapacity(above(8)).summary).toBe(
      'web 12 → 8: 12 is above the maximum of 5, but 8 of 12 instances in service are protected from scale-in, so 4 units may leave',
    );
    expect(decideCapacity(above(12)).summary).toBe(
      'web stays at 12: 12 is above the maximum of 5, but 12 of 12 instances in service are protected from scale-in, so 0 units may leave',
    );
  });

  test('that its protected instances keep there is told as blocked, apart from a rule that waits', () => {
    const observation = above(12);
    const decision = decideCapacity(observation);

    expect(outcomeOfHold(decision).kind).toBe('blocked');
    expect(signatureOfHold(observation, decision)).toBe('InstancesProtected above-maximum');
    const waiting = firing(CPU_LOW, {
      state: aGroupState({
        instances: someInstances(4).map((each) => ({ ...each, isProtected: true })),
      }),
    });
    expect(outcomeOfHold(decideCapacity(waiting)).kind).toBe('held');
  });

  test('waits for what is under way, and for the process that it needs', () => {
    expect(decideCapacity(above(0, { obstacles: [REFRESH] }))).toMatchObject({
      to: 12,
      reason: 'InstanceRefreshActive',
    });
    const { state } = above(0);
    expect(
      decideCapacity(above(0, { state: { ...state, suspendedProcesses: ['Terminate'] } })),
    ).toMatchObject({ to: 12, reason: 'ProcessSuspended' });
  });
});

test('a group below its minimum waits for the process that it needs', () => {
  const state = aGroupState({ capacityDesired: 1, suspendedProcesses: ['Launch'] });

  expect(decideCapacity(anObservation({ state }))).toMatchObject({
    to: 1,
    reason: 'ProcessSuspended',
    summary: 'web stays at 1: Launch is suspended',
  });
});

test('what somebody else took away is not put back while Launch is suspended', () => {
  const decision = decideCapacity(
    anObservation({
      group: aGroup({ behavior: aBehavior({ onForeignChange: 'restore' }) }),
      state: aGroupState({ suspendedProcesses: ['Launch'] }),
      head: aScaleHead({ expected: 7 }),
    }),
  );

  expect(decision).toMatchObject({ to: 4, reason: 'ProcessSuspended' });
});

describe('a roll-back', () => {
  const short = (overrides: Partial<GroupObservation> = {}, suspended: readonly string[] = []) =>
    anObservation({
      state: aGroupState({
        capacityDesired: 8,
        instances: someInstances(5),
        suspendedProcesses: suspended,
      }),
      head: aScaleHead({ missingSince: NOON - seconds(600) }),
      ...overrides,
    });

  test.each([
    { title: 'an instance refresh', observation: short({ obstacles: [REFRESH] }) },
    { title: 'a suspended Terminate', observation: short({}, ['Terminate']) },
  ])('does not happen during $title, and people hear of the launches', ({ observation }) => {
    const decision = decideCapacity(observation);

    expect(decision).toMatchObject({ to: 8, reason: 'LaunchesFailing' });
    expect(decision.summary).toContain('; nothing is taken back meanwhile, because ');
    expect(outcomeOfHold(decision).kind).toBe('blocked');
  });

  test('happens when nothing is under way', () => {
    expect(decideCapacity(short({ obstacles: [] }))).toMatchObject({ to: 6, reason: 'RolledBack' });
  });
});

describe('a guard', () => {
  test('is not asked by a gate that bends a change towards what there is', () => {
    const verdict = { kind: 'bend', capacity: 3, reason: 'ScaleDownLimit', detail: 'x' } as const;
    const observation = anObservation({ obstacles: [REFRESH] });

    expect(guarded(verdict, 2, observation)).toBe(verdict);
    expect(guarded(verdict, 4, observation)).toEqual({
      kind: 'stop',
      reason: 'InstanceRefreshActive',
      detail: REFRESH.detail,
    });
  });

  test('is not asked by a gate that holds or passes', () => {
    const verdict = { kind: 'hold', reason: 'CoolingDown', detail: 'x' } as const;

    expect(guarded(verdict, 2, anObservation({ obstacles: [REFRESH] }))).toBe(verdict);
  });

  test('is the pause of a person as well', () => {
    expect(objectionTo(3, anObservation({ override: anOverride() }))).toMatchObject({
      kind: 'stop',
      reason: 'Paused',
    });
    expect(objectionTo(3, anObservation())).toBeUndefined();
  });
});

describe('a plan that was not settled', () => {
  const planned = (observation: GroupObservation) =>
    decideRecovery(observation, {
      decision: aCapacityDecision({ at: NOON - minutes(2), from: 12, to: 5 }),
      claimedAt: NOON - minutes(2),
    });

  test('is not issued again past what has been protected since', () => {
    expect(planned(above(5))).toMatchObject({ kind: 'reissue', decision: { to: 5 } });
    expect(planned(above(6))).toEqual({
      kind: 'supersede',
      detail: '6 of 12 instances in service are protected from scale-in, so 6 units may leave',
    });
  });

  test('is not issued again past what has begun since', () => {
    expect(planned(above(0, { obstacles: [REFRESH] }))).toEqual({
      kind: 'supersede',
      detail: REFRESH.detail,
    });
  });
});
