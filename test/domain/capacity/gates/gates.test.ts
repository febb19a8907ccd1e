import { describe, expect, test } from '@jest/globals';
import { bounds } from '#domain/capacity/gates/bounds.ts';
import { cooldown } from '#domain/capacity/gates/cooldown.ts';
import { optIn } from '#domain/capacity/gates/opt-in.ts';
import { suspendedProcesses } from '#domain/capacity/gates/suspended-processes.ts';
import { warmUp } from '#domain/capacity/gates/warm-up.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import {
  aBehavior,
  aGroup,
  aGroupState,
  anInstance,
  anObservation,
  aScaleHead,
  NOON,
  seconds,
} from '#test/support/builders.ts';

const withState = (overrides: Parameters<typeof aGroupState>[0]) =>
  anObservation({ state: aGroupState(overrides) });

describe('opt-in', () => {
  test('lets a group pass that carries the tag', () => {
    expect(optIn.check(6, anObservation())).toEqual({
      kind: 'pass',
      detail: 'the group carries the opt-in tag',
    });
  });

  test('stops at a group without it', () => {
    expect(optIn.check(6, withState({ isManaged: false }))).toEqual({
      kind: 'stop',
      reason: 'NotManaged',
      detail: 'the group lacks the tag tidegate:managed=true',
    });
  });

  test.each([
    { tags: { tier: 'web', env: 'prod' }, kind: 'pass' },
    { tags: { tier: 'web' }, kind: 'stop' },
    { tags: { tier: 'web', env: 'Prod' }, kind: 'stop' },
    { tags: undefined, kind: 'stop' },
  ])('with the tags $tags, a member of a fleet: $kind', ({ tags, kind }) => {
    const fleet = { name: 'web', tags: { tier: 'web', env: 'prod' } };
    const state = aGroupState(tags === undefined ? {} : { tags });
    expect(optIn.check(6, anObservation({ group: aGroup({ fleet }), state })).kind).toBe(kind);
  });

  test('says which tags a member lacks', () => {
    const group = aGroup({ fleet: { name: 'web', tags: { tier: 'web' } } });
    expect(optIn.check(6, anObservation({ group }))).toEqual({
      kind: 'stop',
      reason: 'NotSelected',
      detail: 'the group no longer carries the tags of the fleet web (tier=web)',
    });
  });

  test('stops at a group that is being deleted, tagged or not', () => {
    expect(optIn.check(6, withState({ isBeingDeleted: true, isManaged: false }))).toEqual({
      kind: 'stop',
      reason: 'GroupBeingDeleted',
      detail: 'the group is being deleted',
    });
  });
});

describe('suspended processes', () => {
  test.each([
    { capacity: 6, suspended: [] },
    { capacity: 6, suspended: ['Terminate', 'AZRebalance'] },
    { capacity: 3, suspended: ['Launch'] },
    { capacity: 4, suspended: ['Launch', 'Terminate'] },
  ])('let $capacity pass while $suspended are suspended', ({ capacity, suspended }) => {
    const observation = withState({ suspendedProcesses: suspended });

    expect(suspendedProcesses.check(capacity, observation)).toEqual({
      kind: 'pass',
      detail: 'no process that the change needs is suspended',
    });
  });

  test.each([
    { capacity: 5, suspended: 'Launch' },
    { capacity: 3, suspended: 'Terminate' },
  ])('stop at $capacity while $suspended is suspended', ({ capacity, suspended }) => {
    const observation = withState({ suspendedProcesses: [suspended] });

    expect(suspendedProcesses.check(capacity, observation)).toEqual({
      kind: 'stop',
      reason: 'ProcessSuspended',
      detail: `${suspended} is suspended`,
    });
  });

  test.each([3, 4, 5])('pause the group at %d while AlarmNotification is suspended', (capacity) => {
    const observation = withState({ suspendedProcesses: ['Launch', 'AlarmNotification'] });

    expect(suspendedProcesses.check(capacity, observation)).toEqual({
      kind: 'stop',
      reason: 'Paused',
      detail: 'AlarmNotification is suspended, which pauses Tidegate for this group',
    });
  });
});

describe('the cooldown', () => {
  const ago = (age: number, from: number, to: number) => ({ at: NOON - age, from, to });
  const check = (capacity: number, head: Partial<ScaleHead>) =>
    cooldown.check(capacity, anObservation({ head: aScaleHead(head) }));

  test('is nothing to a group that stays', () => {
    expect(check(4, { lastScaleOut: ago(0, 2, 4) })).toEqual({
      kind: 'pass',
      detail: 'no change to wait for',
    });
  });

  test('is over for a group that never changed', () => {
    expect(check(6, {})).toEqual({ kind: 'pass', detail: 'the cooldown of 3 min is over' });
  });

  test.each([
    { direction: 'out', capacity: 6, age: seconds(180) - 1, kind: 'hold' },
    { direction: 'out', capacity: 6, age: seconds(180), kind: 'pass' },
    { direction: 'in', capacity: 3, age: seconds(300) - 1, kind: 'hold' },
    { direction: 'in', capacity: 3, age: seconds(300), kind: 'pass' },
  ])(
    'of scale-$direction ends with its last millisecond: $age ms → $kind',
    ({ capacity, age, kind }) => {
      expect(check(capacity, { lastScaleOut: ago(age, 2, 4) }).kind).toBe(kind);
    },
  );

  test('holds with the change that it waits for', () => {
    expect(check(6, { lastScaleOut: ago(seconds(60), 2, 4) })).toEqual({
      kind: 'hold',
      reason: 'CoolingDown',
      detail: 'the change from 2 to 4 was 1 min ago, and the cooldown is 3 min',
    });
  });

  test('of scale-out does not wait for a scale-in: relief is never late', () => {
    expect(check(6, { lastScaleIn: ago(0, 5, 4) }).kind).toBe('pass');
  });

  test.each([
    { title: 'a scale-out', head: { lastScaleOut: ago(1, 2, 4) } },
    { title: 'a scale-in', head: { lastScaleIn: ago(1, 5, 4) } },
    {
      title: 'a scale-out after a scale-in that is long past',
      head: { lastScaleIn: ago(seconds(900), 5, 4), lastScaleOut: ago(1, 2, 4) },
    },
    {
      title: 'a scale-in after a scale-out that is long past',
      head: { lastScaleOut: ago(seconds(900), 2, 5), lastScaleIn: ago(1, 5, 4) },
    },
  ])('of scale-in waits for $title', ({ head }) => {
    expect(check(3, head).kind).toBe('hold');
  });

  test('of no seconds waits for nothing', () => {
    const behavior = aBehavior({ scaleOut: { cooldownSeconds: 0 } });
    const head = aScaleHead({ lastScaleOut: ago(0, 2, 4) });
    const observation = anObservation({ group: aGroup({ behavior }), head });

    expect(cooldown.check(6, observation).kind).toBe('pass');
  });

  test('never speaks of a change in the time to come, when clocks differ', () => {
    expect(check(6, { lastScaleOut: ago(-seconds(2), 2, 4) }).detail).toContain('was 0 s ago');
  });
});

describe('warm-up', () => {
  const pending = (...states: string[]) =>
    withState({
      instances: states.map((lifecycleState, index) =>
        anInstance({ id: `i-${index}`, lifecycleState }),
      ),
    });

  test.each([
    { states: ['Pending', 'InService'], detail: '1 instance is pending' },
    { states: ['Pending:Wait', 'Pending:Proceed'], detail: '2 instances are pending' },
  ])('holds a removal while $states are there', ({ states, detail }) => {
    expect(warmUp.check(3, pending(...states))).toEqual({
      kind: 'hold',
      reason: 'InstancesPending',
      detail,
    });
  });

  test('lets a removal pass when all are in service or leaving', () => {
    expect(warmUp.check(3, pending('InService', 'Terminating', 'Standby'))).toEqual({
      kind: 'pass',
      detail: 'nothing is warming up',
    });
  });

  test.each([4, 5])('delays no addition and no stay: %d', (capacity) => {
    expect(warmUp.check(capacity, pending('Pending'))).toEqual({
      kind: 'pass',
      detail: 'warm-up only delays scale-in',
    });
  });
});

describe('bounds', () => {
  const check = (
    capacity: number,
    {
      current = 4,
      own = {},
      group = [1, 20],
    }: {
      current?: number;
      own?: { min?: number; max?: number };
      group?: readonly [number, number];
    } = {},
  ) =>
    bounds.check(
      capacity,
      anObservation({
        group: aGroup({ capacity: own }),
        state: aGroupState({
          capacityDesired: current,
          capacityMin: group[0],
          capacityMax: group[1],
        }),
      }),
    );

  test.each([
    { capacity: 2, own: { min: 2, max: 10 } },
    { capacity: 10, own: { min: 2, max: 10 } },
    { capacity: 1, own: {} },
    { capacity: 20, own: {} },
  ])('let $capacity pass within $own', ({ capacity, own }) => {
    expect(check(capacity, { own }).kind).toBe('pass');
  });

  test.each([
    { capacity: 11, own: { max: 10 }, to: 10, detail: '11 is above the maximum of 10' },
    { capacity: 21, own: { max: 30 }, to: 20, detail: '21 is above the maximum of 20' },
    { capacity: 1, own: { min: 2 }, to: 2, detail: '1 is below the minimum of 2' },
    { capacity: 0, own: { min: 0 }, to: 1, detail: '0 is below the minimum of 1' },
  ])(
    'bend $capacity to $to, the narrower of ours and the group’s',
    ({ capacity, own, to, detail }) => {
      expect(check(capacity, { own })).toMatchObject({ kind: 'bend', capacity: to, detail });
    },
  );

  test.each([
    { title: 'a wish above them', capacity: 12, current: 8, reason: 'AtMaximum' },
    { title: 'a wish below them', capacity: 1, current: 4, reason: 'AtMinimum' },
    { title: 'a group above them', capacity: 12, current: 12, reason: 'AboveMaximum' },
    { title: 'a group below them', capacity: 1, current: 1, reason: 'BelowMinimum' },
  ])('say $reason of $title', ({ capacity, current, reason }) => {
    expect(check(capacity, { current, own: { min: 2, max: 10 } })).toMatchObject({ reason });
  });

  test('are kept by the group when ours lie outside of its own', () => {
    expect(check(30, { own: { min: 25, max: 40 } })).toMatchObject({ capacity: 20 });
    expect(check(0, { own: { min: 0, max: 0 }, group: [2, 20] })).toMatchObject({ capacity: 2 });
  });
});
