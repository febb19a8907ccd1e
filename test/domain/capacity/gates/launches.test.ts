import { describe, expect, test } from '@jest/globals';
import { launches } from '#domain/capacity/gates/launches.ts';
import { heldHead, isWorthKeeping, plannedHead } from '#domain/capacity/next-scale-head.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import {
  aCapacityDecision,
  aGroupState,
  anInstance,
  anObservation,
  aScaleHead,
  NOON,
  seconds,
  someInstances,
} from '#test/support/builders.ts';

describe('launches', () => {
  const short = (instances: number, ago?: number) => ({
    ...anObservation(),
    state: aGroupState({
      capacityDesired: 6,
      instances: someInstances(instances, 1),
    }),
    head: aScaleHead(ago === undefined ? {} : { missingSince: NOON - seconds(ago) }),
  });

  test.each([
    { title: 'all are there or on their way', instances: 6, ago: 9_999, kind: 'pass' },
    { title: 'some are missing for the first time', instances: 4, ago: undefined, kind: 'pass' },
    { title: 'some have been missing for a while', instances: 4, ago: 599, kind: 'pass' },
    { title: 'some have been missing for ten minutes', instances: 4, ago: 600, kind: 'hold' },
  ])('on the way out, when $title: $kind', ({ instances, ago, kind }) => {
    expect(launches.check(8, short(instances, ago)).kind).toBe(kind);
  });

  test('say how many are missing, and for how long', () => {
    expect(launches.check(8, short(4, 900))).toEqual({
      kind: 'hold',
      reason: 'LaunchesFailing',
      detail: '2 of 6 units have been missing for 15 min: launches fail',
    });
  });

  test.each([
    { lifecycleState: 'Quarantined:New', kind: 'pass' },
    { lifecycleState: 'Terminating:Wait', kind: 'hold' },
    { lifecycleState: 'Standby', kind: 'hold' },
    { lifecycleState: 'Warmed:Stopped', kind: 'hold' },
    { lifecycleState: 'Detaching', kind: 'hold' },
  ])('count an instance in the state $lifecycleState rightly', ({ lifecycleState, kind }) => {
    const observation = short(5, 900);
    const instances = [...observation.state.instances, anInstance({ id: 'i-9', lifecycleState })];

    expect(
      launches.check(8, { ...observation, state: { ...observation.state, instances } }).kind,
    ).toBe(kind);
  });

  test('do not matter on the way in', () => {
    expect(launches.check(5, short(4, 900)).kind).toBe('pass');
  });

  test('are counted in units where instances have weights', () => {
    const observation = short(3, 900);
    const instances = observation.state.instances.map((each) => ({ ...each, weight: 2 }));
    const state = { ...observation.state, instances };

    expect(launches.check(8, { ...observation, state }).kind).toBe('pass');
  });
});

describe('what is remembered of missing units', () => {
  const hold = aCapacityDecision({ to: 4, wanted: 4 });
  const observed = (instances: number, head: Partial<ScaleHead>) =>
    anObservation({
      state: aGroupState({
        capacityDesired: 4,
        instances: someInstances(instances),
      }),
      head: aScaleHead(head),
    });

  test.each([
    {
      title: 'begins with the first look that misses some',
      instances: 3,
      before: undefined,
      after: NOON,
    },
    { title: 'stays as long as any are missing', instances: 2, before: 7, after: 7 },
    { title: 'ends when all are there', instances: 4, before: 7, after: undefined },
    {
      title: 'is nothing while none are missing',
      instances: 5,
      before: undefined,
      after: undefined,
    },
  ])('$title', ({ instances, before, after }) => {
    const observation = observed(instances, before === undefined ? {} : { missingSince: before });

    expect(heldHead(observation, hold).missingSince).toBe(after);
    expect(plannedHead(observation, hold).missingSince).toBe(after);
    expect(isWorthKeeping(observation, hold)).toBe(before !== after);
  });

  test('ends with the group', () => {
    const { state: _gone, ...rest } = observed(4, { missingSince: 7 });
    expect(heldHead(rest, hold)).not.toHaveProperty('missingSince');
  });
});
