import { describe, expect, test } from '@jest/globals';
import { decideRemovals } from '#domain/health/decide-removals.ts';
import { graceSecondsOf } from '#domain/health/sightings.ts';
import {
  aBehavior,
  aGroupState,
  aHealedGroup,
  aHealthObservation,
  NOON,
  seconds,
} from '#test/support/builders.ts';

const observe = (ago: number, graceSeconds = 300) =>
  aHealthObservation(
    { 'i-3': 200 },
    {
      state: aGroupState({ capacityDesired: 10, graceSeconds }),
      launches: { 'i-3': NOON - seconds(ago) },
    },
  );

describe('a new instance', () => {
  test.each([
    { ago: 299, reason: 'TargetsUntouchable', removals: 0 },
    { ago: 300, reason: 'TargetsReplaced', removals: 1 },
  ])('is left alone within the grace period: $ago s after its launch', ({ ago, ...expected }) => {
    const { reason, removals } = decideRemovals(observe(ago));

    expect({ reason, removals: removals.length }).toEqual(expected);
  });

  test('is named among those that are left alone', () => {
    expect(decideRemovals(observe(10)).summary).toBe(
      'web keeps its targets: i-3 (Target.FailedHealthChecks) is protected from scale-in, new, starting, standing by, on its way out, or serves in another target group',
    );
  });

  test('is not any more when the group has no grace period', () => {
    expect(decideRemovals(observe(1, 0)).removals).toHaveLength(1);
  });

  test('is so for the warm-up, too, whichever is longer', () => {
    const group = { ...aHealedGroup(), behavior: aBehavior({ warmupSeconds: 120 }) };

    expect(graceSecondsOf({ group, state: aGroupState({ graceSeconds: 60 }) })).toBe(120);
    expect(graceSecondsOf({ group, state: aGroupState({ graceSeconds: 180 }) })).toBe(180);
    expect(graceSecondsOf({ group })).toBe(120);
  });

  test('does not protect another one', () => {
    const observation = aHealthObservation(
      { 'i-3': 200, 'i-4': 300 },
      { state: aGroupState({ capacityDesired: 10, graceSeconds: 300 }), launches: { 'i-4': NOON } },
    );

    expect(decideRemovals(observation).removals.map(({ targetId }) => targetId)).toEqual(['i-3']);
  });
});
