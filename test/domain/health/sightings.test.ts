import { describe, expect, test } from '@jest/globals';
import { decideHealth } from '#domain/health/decide-health.ts';
import type { HealthObservation } from '#domain/health/health-observation.ts';
import { hasMemoryChanged } from '#domain/health/next-heal-head.ts';
import { findCandidates } from '#domain/health/removal-candidates.ts';
import { nextSightings } from '#domain/health/sightings.ts';
import { newHealHead } from '#domain/ledger/head.ts';
import {
  aFailingTarget,
  aGroupState,
  aHealedGroup,
  aHealthObservation,
  aTarget,
  NOON,
  seconds,
} from '#test/support/builders.ts';
import { keyOf, withInstance } from '#test/support/health-changes.ts';

const isChanged = (observation: HealthObservation): boolean =>
  hasMemoryChanged(observation, decideHealth(observation));

describe('a target', () => {
  test.each([
    { ago: 119, expected: [] },
    { ago: 120, expected: ['i-3'] },
  ])('seen failing $ago s ago is a candidate: $expected', ({ ago, expected }) => {
    expect(findCandidates(aHealthObservation({ 'i-3': ago })).map(({ id }) => id)).toEqual(
      expected,
    );
  });

  test('seen failing for the first time is no candidate, however short the wait', () => {
    const group = aHealedGroup({ unhealthyForSeconds: 0 });
    const observation = { ...aHealthObservation({ 'i-3': 500 }, { group }), head: newHealHead };

    expect(findCandidates(observation)).toEqual([]);
  });

  test.each(['Elb.InternalError', 'Elb.InitialHealthChecking', ''])(
    'that fails for the reason "%s" is none: the cause is not its own',
    (reason) => {
      const observation = aHealthObservation({ 'i-3': 300 });
      const targets = observation.targets.map((target) =>
        target.id === 'i-3' ? { ...target, reason } : target,
      );

      expect(findCandidates({ ...observation, targets })).toEqual([]);
    },
  );

  test.each(['healthy', 'initial', 'draining', 'unused', 'unavailable', 'new-in-2030'])(
    'that is %s is none, whatever its reason',
    (state) => {
      const observation = aHealthObservation({ 'i-3': 300 });
      const targets = observation.targets.map((target) =>
        target.id === 'i-3' ? { ...target, state } : target,
      );

      expect(findCandidates({ ...observation, targets })).toEqual([]);
    },
  );

  test.each([
    { lifecycleState: 'Pending' },
    { lifecycleState: 'Standby' },
    { lifecycleState: 'Terminating:Wait' },
    { lifecycleState: 'Warmed:Running' },
    { isHealthy: false },
    { isProtected: true },
  ])('whose instance is %j is left alone', (change) => {
    const observation = withInstance(aHealthObservation({ 'i-3': 300 }), 'i-3', change);

    expect(findCandidates(observation)).toEqual([]);
  });

  test('that is no member of the group is a candidate too', () => {
    const observation = aHealthObservation({ 'i-3': 300 });
    const state = aGroupState({ instances: [] });

    expect(findCandidates({ ...observation, state }).map(({ id }) => id)).toEqual(['i-3']);
  });

  test('that has failed longest comes first, and of equals the first by name', () => {
    const observation = aHealthObservation({ 'i-2': 200, 'i-9': 300, 'i-4': 200, 'i-10': 200 });

    expect(findCandidates(observation).map(({ id }) => id)).toEqual(['i-9', 'i-10', 'i-2', 'i-4']);
  });
});

describe('sightings', () => {
  test('keep since when each target fails, and forget those that recovered', () => {
    const observation = aHealthObservation({ 'i-1': 300 });
    const targets = [aTarget({ id: 'i-1' }), aFailingTarget('i-2')];
    const both = { ...observation, targets };

    expect(nextSightings(both)).toEqual({ [keyOf('i-2')]: NOON });
    expect(nextSightings(observation)).toEqual({ [keyOf('i-1')]: NOON - seconds(300) });
  });

  test('of more targets than a head remembers are, when all began at once, those of the first ids', () => {
    const ids = Array.from({ length: 502 }, (_, index) => `i-${1_000 + index}`);
    const targets = ids.toReversed().map((id) => aFailingTarget(id));
    const observation = { ...aHealthObservation(), targets };

    expect(Object.keys(nextSightings(observation))).toEqual(
      ids.slice(0, 500).map((id) => keyOf(id)),
    );
  });

  test('have changed when a target began or ceased to fail', () => {
    const observation = aHealthObservation({ 'i-1': 300 });

    expect(isChanged(observation)).toBe(false);
    expect(isChanged({ ...observation, head: newHealHead })).toBe(true);
    expect(isChanged({ ...observation, targets: [] })).toBe(true);
  });
});
