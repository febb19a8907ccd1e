import { describe, expect, test } from '@jest/globals';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import { decideRecovery } from '#domain/capacity/decide-recovery.ts';
import { wantedReads } from '#domain/capacity/wanted-reads.ts';
import { decideRemovals } from '#domain/health/decide-removals.ts';
import type { Obstacle } from '#domain/observed/obstacle.ts';
import {
  aCapacityDecision,
  aGroupState,
  aHealthObservation,
  anObservation,
  aScaleHead,
  CPU_HIGH,
  CPU_LOW,
  firing,
  minutes,
  NOON,
} from '#test/support/builders.ts';

const REFRESH: Obstacle = {
  reason: 'InstanceRefreshActive',
  detail: 'an instance refresh is under way (InProgress, 40 % done)',
};
const busy = { obstacles: [REFRESH] };

describe('while something else is under way in a group', () => {
  test('nothing is removed', () => {
    const { to, reason, summary } = decideCapacity(firing(CPU_LOW, busy));

    expect({ to, reason }).toEqual({ to: 4, reason: 'InstanceRefreshActive' });
    expect(summary).toBe(
      'web stays at 4: cpu-low asks for 3, but an instance refresh is under way (InProgress, 40 % done)',
    );
  });

  test('bounds remove nothing either', () => {
    const state = aGroupState({ capacityDesired: 12 });
    const { to, reason } = decideCapacity(anObservation({ ...busy, state }));

    expect({ to, reason }).toEqual({ to: 12, reason: 'InstanceRefreshActive' });
  });

  test('a group below its minimum grows to it, although rules want less and it is known', () => {
    const state = aGroupState({ capacityDesired: 1 });
    const { to, reason } = decideCapacity(firing(CPU_LOW, { ...busy, state }));

    expect({ to, reason }).toEqual({ to: 2, reason: 'BelowMinimum' });
  });

  test('a group at its minimum loses nothing', () => {
    const state = aGroupState({ capacityDesired: 2 });

    expect(decideCapacity(firing(CPU_LOW, { ...busy, state })).to).toBe(2);
  });

  test('additions do not wait', () => {
    expect(decideCapacity(firing(CPU_HIGH, busy)).to).toBe(6);
  });

  test('no target is touched', () => {
    const { removals, reason } = decideRemovals(aHealthObservation({ 'i-3': 200 }, busy));

    expect({ removals, reason }).toEqual({ removals: [], reason: 'InstanceRefreshActive' });
  });

  test('a removal that was planned before is given up', () => {
    const decision = aCapacityDecision({ to: 3, reason: 'ScaledIn', at: NOON - minutes(2) });
    const inFlight = { decision, claimedAt: NOON - minutes(2) };

    expect(decideRecovery(firing(CPU_LOW, busy), inFlight).kind).toBe('supersede');
    expect(decideRecovery(firing(CPU_LOW, { obstacles: [] }), inFlight).kind).toBe('reissue');
  });
});

describe('a second look', () => {
  const wants = (observation: Parameters<typeof decideCapacity>[0]) =>
    wantedReads(observation, decideCapacity(observation));

  test.each([
    {
      title: 'is not taken when nothing changes',
      observation: anObservation(),
      wanted: { obstacles: false, activities: false },
    },
    {
      title: 'is not taken before an addition',
      observation: firing(CPU_HIGH),
      wanted: { obstacles: false, activities: false },
    },
    {
      title: 'is taken for obstacles before a removal',
      observation: firing(CPU_LOW),
      wanted: { obstacles: true, activities: false },
    },
    {
      title: 'is taken once',
      observation: firing(CPU_LOW, { obstacles: [] }),
      wanted: { obstacles: false, activities: false },
    },
    {
      title: 'is taken for activities when somebody else changed the group',
      observation: anObservation({ head: aScaleHead({ expected: 7 }) }),
      wanted: { obstacles: false, activities: true },
    },
    {
      title: 'is taken for activities once',
      observation: anObservation({ head: aScaleHead({ expected: 7 }), activities: [] }),
      wanted: { obstacles: false, activities: false },
    },
    {
      title: 'is taken for obstacles when a planned removal is to be finished',
      observation: anObservation({
        head: aScaleHead({
          inFlight: { decision: aCapacityDecision({ to: 3 }), claimedAt: NOON - minutes(2) },
        }),
      }),
      wanted: { obstacles: true, activities: false },
    },
  ])('$title', ({ observation, wanted }) => {
    expect(wants(observation)).toEqual(wanted);
  });
});
