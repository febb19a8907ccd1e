import { LifecycleState } from '@aws-sdk/client-auto-scaling';
import { describe, expect, test } from '@jest/globals';
import { missingUnits, presentUnits } from '#domain/capacity/missing-units.ts';
import {
  countsAsCapacity,
  isOnItsWay,
  isServing,
  PHASE_OF_STATE,
  phaseOf,
} from '#domain/observed/lifecycle.ts';
import { aGroupState, anInstance } from '#test/support/builders.ts';

const states = Object.values(LifecycleState);

describe('the table of lifecycle states', () => {
  test('has every state that the SDK names, and no other', () => {
    expect(Object.keys(PHASE_OF_STATE).toSorted()).toEqual(states.toSorted());
  });

  test.each([
    { phase: 'serving', members: ['InService'] },
    {
      phase: 'coming',
      members: states.filter((state) => /^(Pending|ReplacingRootVolume|RootVolume)/.test(state)),
    },
    {
      phase: 'leaving',
      members: states.filter((state) => /^(Terminat|Detach)/.test(state)),
    },
    {
      phase: 'apart',
      members: states.filter((state) => /^(Standby|EnteringStandby|Warmed)/.test(state)),
    },
    { phase: 'unknown', members: ['Quarantined'] },
  ])('says what is $phase', ({ phase, members }) => {
    expect(states.filter((state) => phaseOf(state) === phase)).toEqual(members);
  });
});

describe('an instance', () => {
  test.each([
    { lifecycleState: 'InService', counts: true, comes: false, serves: true },
    { lifecycleState: 'Pending:Wait', counts: true, comes: true, serves: false },
    { lifecycleState: 'ReplacingRootVolume', counts: true, comes: true, serves: false },
    { lifecycleState: 'Terminating:Retained', counts: false, comes: false, serves: false },
    { lifecycleState: 'Detaching', counts: false, comes: false, serves: false },
    { lifecycleState: 'Standby', counts: false, comes: false, serves: false },
    { lifecycleState: 'Warmed:Running', counts: false, comes: false, serves: false },
    { lifecycleState: 'Quarantined', counts: true, comes: true, serves: false },
    { lifecycleState: 'Something:New', counts: true, comes: true, serves: false },
    { lifecycleState: 'Terminating:New', counts: true, comes: true, serves: false },
    { lifecycleState: 'toString', counts: true, comes: true, serves: false },
    { lifecycleState: '', counts: true, comes: true, serves: false },
  ])('in $lifecycleState counts: $counts, comes: $comes, serves: $serves', (each) => {
    expect(countsAsCapacity(each)).toBe(each.counts);
    expect(isOnItsWay(each)).toBe(each.comes);
    expect(isServing(each)).toBe(each.serves);
  });

  test('in a state that nobody knows is not missing', () => {
    const state = aGroupState({
      capacityDesired: 2,
      instances: [anInstance(), anInstance({ id: 'i-2', lifecycleState: 'Something:New' })],
    });

    expect([presentUnits(state), missingUnits(state)]).toEqual([2, 0]);
  });
});
