import { describe, expect, test } from '@jest/globals';
import { decideHealRecovery } from '#domain/health/decide-heal-recovery.ts';
import { decideRemovals } from '#domain/health/decide-removals.ts';
import type { HealthObservation } from '#domain/health/health-observation.ts';
import { heldHealHead, plannedHealHead, settledHealHead } from '#domain/health/next-heal-head.ts';
import type { HealthDecision } from '#domain/ledger/decision.ts';
import { applied } from '#domain/ledger/outcome.ts';
import { outcomeOfAction } from '#domain/ledger/outcome-of.ts';
import { aHealthObservation, NOON, seconds } from '#test/support/builders.ts';
import { keyOf, withInstance, withState } from '#test/support/health-changes.ts';

describe('removals that were not settled', () => {
  const decision = (): HealthDecision => decideRemovals(aHealthObservation({ 'i-3': 300 }));
  const claimed = (age = 60_000) => ({ decision: decision(), claimedAt: NOON - age });
  const begun = (change: Parameters<typeof withInstance>[2] = {}): HealthObservation => {
    const observation = aHealthObservation({ 'i-3': 300 });
    const targets = observation.targets.filter(({ id }) => id !== 'i-3');
    return withInstance({ ...observation, targets }, 'i-3', change);
  };

  test.each([
    { age: 59_999, kind: 'wait' },
    { age: 60_000, kind: 'finish' },
  ])('for $age ms: $kind', ({ age, kind }) => {
    expect(decideHealRecovery(begun(), claimed(age)).kind).toBe(kind);
  });

  test('and not begun are judged afresh', () => {
    expect(decideHealRecovery(aHealthObservation({ 'i-3': 300 }), claimed())).toEqual({
      kind: 'supersede',
      detail: 'no target was deregistered',
    });
  });

  test('and begun are finished: who left traffic must be replaced', () => {
    expect(decideHealRecovery(begun(), claimed())).toEqual({
      kind: 'finish',
      decision: decision(),
      plannedSteps: [{ subject: 'i-3', steps: [{ kind: 'mark-unhealthy', instanceId: 'i-3' }] }],
      isLast: false,
      detail: '1 not yet marked',
    });
  });

  test.each(['draining', 'unused'])('count as begun while their target is %s', (state) => {
    const observation = aHealthObservation({ 'i-3': 300 });
    const targets = observation.targets.map((target) =>
      target.id === 'i-3' ? { ...target, state } : target,
    );

    expect(decideHealRecovery({ ...observation, targets }, claimed()).kind).toBe('finish');
  });

  test('do not count as begun because a target of another port has left', () => {
    const observation = aHealthObservation({ 'i-3': 300 });
    const plan = decision();
    const removals = plan.removals.map((removal) => ({ ...removal, port: 8_080 }));
    const inFlight = { decision: { ...plan, removals }, claimedAt: NOON - 60_000 };

    expect(decideHealRecovery(observation, inFlight).kind).toBe('finish');
    expect(decideHealRecovery(observation, claimed()).kind).toBe('supersede');
  });

  test.each([
    { title: 'marked', observation: begun({ isHealthy: false }) },
    { title: 'on its way out', observation: begun({ lifecycleState: 'Terminating' }) },
    { title: 'gone', observation: withState(begun(), { instances: [] }) },
  ])('are settled when the instance is $title', ({ observation }) => {
    expect(decideHealRecovery(observation, claimed())).toEqual({
      kind: 'applied',
      decision: decision(),
      detail: 'every deregistered target is gone or marked',
    });
  });

  test('are settled when the group is gone', () => {
    const { state: _gone, ...observation } = begun();

    expect(decideHealRecovery(observation, claimed()).kind).toBe('applied');
  });
});

describe('the head of healing', () => {
  const observation = aHealthObservation({ 'i-3': 300 });
  const decision = decideRemovals(observation);
  const sightings = { [keyOf('i-3')]: NOON - seconds(300) };
  const planned = plannedHealHead(observation, decision);

  test('that plans carries the decision and what was seen', () => {
    expect(planned).toEqual({
      version: 1,
      untold: [],
      sightings,
      removals: [],
      probations: {},
      inFlight: { decision, claimedAt: NOON },
    });
  });

  test('after a hold remembers what was seen and said', () => {
    expect(heldHealHead(observation, { ...decision, reason: 'CommonCause' })).toEqual({
      version: 1,
      untold: [],
      sightings,
      removals: [],
      probations: {},
      last: { id: 'web-health-1', signature: 'CommonCause' },
    });
  });

  test('after removals remembers when they were', () => {
    expect(settledHealHead(planned, outcomeOfAction(decision, applied), NOON + 5)).toEqual({
      version: 2,
      untold: [],
      sightings,
      removals: [NOON + 5],
      probations: {},
      last: { id: 'web-health-1', signature: 'replaced TargetsReplaced i-3:80' },
    });
  });

  test('after a refusal does not', () => {
    const answer = { kind: 'refused', reason: 'AccessDenied', detail: '' } as const;
    const head = settledHealHead(planned, outcomeOfAction(decision, answer), NOON);

    expect(head.removals).toEqual([]);
    expect(head.last?.signature).toBe('failed AccessDenied i-3:80');
  });

  test('after a plan was given up only forgets the plan', () => {
    expect(settledHealHead(planned, 'superseded', NOON)).toEqual({
      version: 2,
      untold: [],
      sightings,
      removals: [],
      probations: {},
    });
  });
});
