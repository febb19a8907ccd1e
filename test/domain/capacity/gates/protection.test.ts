import { describe, expect, test } from '@jest/globals';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import type { Instance } from '#domain/observed/group-state.ts';
import {
  aGroup,
  aGroupState,
  anInstance,
  anObservation,
  CPU_LOW,
  firing,
  someInstances,
} from '#test/support/builders.ts';

const REMOVE_3 = {
  ...CPU_LOW,
  adjustment: { kind: 'remove', amount: 3, unit: 'capacity' },
} as const;
const group = aGroup({ rules: [REMOVE_3], capacity: { min: 1 } });
const protect = (count: number, weight = 1) =>
  aGroupState({
    capacityDesired: 6 * weight,
    instances: someInstances(6).map((each, index) => ({
      ...each,
      weight,
      isProtected: index < count,
    })),
  });

describe('instances that are protected from scale-in', () => {
  test.each([
    { count: 0, to: 3, reason: 'ScaledIn' },
    { count: 3, to: 3, reason: 'ScaledIn' },
    { count: 4, to: 4, reason: 'ScaledIn' },
    { count: 6, to: 6, reason: 'InstancesProtected' },
  ])('stay: of six with $count protected, three less makes $to', ({ count, to, reason }) => {
    const decision = decideCapacity(firing(REMOVE_3, { group, state: protect(count) }));

    expect({ to: decision.to, reason: decision.reason }).toEqual({ to, reason });
  });

  test('are counted in what is said', () => {
    const held = decideCapacity(firing(REMOVE_3, { group, state: protect(6) }));
    const bent = decideCapacity(firing(REMOVE_3, { group, state: protect(4) }));

    expect(held.summary).toContain(
      'but 6 of 6 instances in service are protected from scale-in, so 0 units may leave',
    );
    expect(bent.summary).toContain(
      '4 of 6 instances in service are protected from scale-in, so 2 units',
    );
  });

  test('count with their weights', () => {
    expect(decideCapacity(firing(REMOVE_3, { group, state: protect(5, 2) })).to).toBe(10);
  });

  test('matter only as far as something that is there would leave', () => {
    const state = aGroupState({
      capacityDesired: 6,
      instances: someInstances(3).map((each) => ({ ...each, isProtected: true })),
    });

    expect(decideCapacity(firing(REMOVE_3, { group, state })).to).toBe(3);
  });

  test.each([
    { desired: 5, to: 3 },
    { desired: 4, to: 3 },
    { desired: 3, to: 3 },
    { desired: 2, to: 2 },
  ])(
    'stay while AWS is removing others: six are there, three protected, $desired desired',
    (row) => {
      const state = { ...protect(3), capacityDesired: row.desired };

      expect(decideCapacity(firing(REMOVE_3, { group, state })).to).toBe(row.to);
    },
  );

  describe('beside others that are on their way, where the most is none', () => {
    const none = aGroup({ rules: [], capacity: { min: 0, max: 0 } });
    const among = (...instances: readonly Instance[]) =>
      anObservation({
        group: none,
        state: aGroupState({ capacityMin: 0, capacityDesired: instances.length, instances }),
      });

    test('stay in whatever state they count as capacity', () => {
      const observation = among(
        anInstance({ id: 'i-1' }),
        anInstance({ id: 'i-2', isProtected: true, lifecycleState: 'Pending' }),
        anInstance({ id: 'i-3', lifecycleState: 'Quarantined:New' }),
        anInstance({ id: 'i-4', isProtected: true, lifecycleState: 'Standby' }),
      );

      expect(decideCapacity(observation).to).toBe(2);
    });

    test('are no reason for the others to stay', () => {
      const observation = among(
        anInstance({ id: 'i-1' }),
        anInstance({ id: 'i-2', lifecycleState: 'Pending' }),
      );

      expect(decideCapacity(observation).to).toBe(0);
    });
  });

  test('hold up a correction of bounds', () => {
    const state = aGroupState({
      capacityDesired: 12,
      instances: someInstances(12).map((each) => ({ ...each, isProtected: true })),
    });

    expect(decideCapacity(anObservation({ state })).to).toBe(12);
  });
});
