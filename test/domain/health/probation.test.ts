import { describe, expect, test } from '@jest/globals';
import { decideHealRecovery } from '#domain/health/decide-heal-recovery.ts';
import { decideHealth } from '#domain/health/decide-health.ts';
import type { HealthObservation } from '#domain/health/health-observation.ts';
import {
  hasMemoryChanged,
  heldHealHead,
  plannedHealHead,
  settledHealHead,
} from '#domain/health/next-heal-head.ts';
import { withTargetsGone } from '#domain/health/probation.ts';
import type { HealHead, Probation } from '#domain/ledger/head.ts';
import { type Answer, applied } from '#domain/ledger/outcome.ts';
import { outcomeOfAction } from '#domain/ledger/outcome-of.ts';
import {
  aHealedGroup,
  aHealthObservation,
  anInstance,
  anOverride,
  aTarget,
  minutes,
  NOON,
  TARGET_GROUP_ARN,
} from '#test/support/builders.ts';
import { keyOf, withState } from '#test/support/health-changes.ts';

const OUT: Probation = {
  targetGroupArn: TARGET_GROUP_ARN,
  targetId: '10.0.0.9',
  port: 80,
  availabilityZone: 'all',
  seconds: 600,
  until: NOON,
};
const KEY = keyOf('10.0.0.9');

const withOut = (
  change: Partial<Probation> = {},
  overrides: Partial<HealthObservation> = {},
): HealthObservation => {
  const observation = aHealthObservation({}, overrides);
  return {
    ...observation,
    head: { ...observation.head, probations: { [KEY]: { ...OUT, ...change } } },
  };
};

const remembered = (observation: HealthObservation): HealHead['probations'] =>
  heldHealHead(observation, decideHealth(observation)).probations;

const settle = (observation: HealthObservation, answer: Answer) => {
  const decision = decideHealth(observation);
  const planned = plannedHealHead(observation, decision);
  return settledHealHead(planned, outcomeOfAction(decision, answer), NOON + 5);
};

const withTarget = (
  observation: HealthObservation,
  target: Partial<ReturnType<typeof aTarget>>,
) => ({
  ...observation,
  targets: [...observation.targets, aTarget({ id: '10.0.0.9', ...target })],
});

const isChanged = (observation: HealthObservation): boolean =>
  hasMemoryChanged(observation, decideHealth(observation));

describe('a target that is out', () => {
  test('is tried again when its time is over, as it was registered', () => {
    expect(decideHealth(withOut())).toMatchObject({
      reason: 'TargetsReturned',
      removals: [],
      returned: {
        targetGroupArn: TARGET_GROUP_ARN,
        targetId: '10.0.0.9',
        port: 80,
        availabilityZone: 'all',
      },
      summary:
        'web tries a target again: 10.0.0.9:80 was out for long enough; it serves when its health checks pass',
      trace: [{ stage: 'probation', verdict: 'recommend' }],
    });
    expect(decideHealth(withOut()).returned).not.toHaveProperty('until');
  });

  test('is left out before', () => {
    expect(decideHealth(withOut({ until: NOON + 1 })).reason).toBe('NoUnhealthyTargets');
  });

  test.each([
    { state: 'draining', returns: false },
    { state: 'unused', returns: true },
    { state: 'healthy', returns: false },
  ])('and is $state: returns $returns', ({ state, returns }) => {
    const decision = decideHealth(withTarget(withOut(), { state }));

    expect(decision.returned !== undefined).toBe(returns);
  });

  test('is not tried while its instance stands by', () => {
    const instances = [anInstance({ id: '10.0.0.9', lifecycleState: 'Standby' })];
    const observation = withState(withOut(), { instances, capacityDesired: 0 });

    expect(decideHealth(observation).returned).toBeUndefined();
  });

  test('waits for its turn when it is not the longest', () => {
    const observation = withOut();
    const first = { ...OUT, targetId: '10.0.0.1', until: NOON - 1 };
    const probations = { ...observation.head.probations, [keyOf('10.0.0.1')]: first };

    expect(
      decideHealth({ ...observation, head: { ...observation.head, probations } }).returned,
    ).toMatchObject({ targetId: '10.0.0.1' });
  });

  test.each([
    { why: 'a person paused the group', change: { override: anOverride() } },
    { why: 'the tag is gone', change: { state: undefined } },
  ])('stays out when $why', ({ change }) => {
    const { state: _state, ...observation } = withOut();
    const state = 'state' in change ? {} : { state: _state };

    expect(
      decideHealth({ ...observation, ...state, ...change } as HealthObservation).returned,
    ).toBeUndefined();
  });

  test('waits until the sick have left', () => {
    const sick = aHealthObservation({ 'i-3': 300 });
    const decision = decideHealth({
      ...sick,
      head: { ...sick.head, probations: { [KEY]: OUT } },
    });

    expect(decision.reason).toBe('TargetsReplaced');
  });

  test('leaves for twice as long when it fails again, and for a day at most', () => {
    const again = (seconds: number): number | undefined => {
      const sick = aHealthObservation(
        { 'i-3': 300 },
        { group: aHealedGroup({ action: 'deregister' }) },
      );
      const probation = { ...OUT, targetId: 'i-3', seconds, returnedAt: NOON - minutes(5) };
      const head = { ...sick.head, probations: { [keyOf('i-3')]: probation } };
      return decideHealth({ ...sick, head }).removals[0]?.probationSeconds;
    };

    expect([600, 43_200, 80_000].map(again)).toEqual([1_200, 86_400, 86_400]);
  });

  test('never comes back when its operators say so', () => {
    const { probationSeconds: _off, ...health } = aHealedGroup({ action: 'deregister' }).health;
    const group = { ...aHealedGroup(), health };

    expect(
      decideHealth(aHealthObservation({ 'i-3': 300 }, { group })).removals[0],
    ).not.toHaveProperty('probationSeconds');
  });
});

describe('what is remembered of it', () => {
  test('begins when it was taken out', () => {
    const group = aHealedGroup({ action: 'deregister' });
    const head = settle(aHealthObservation({ 'i-3': 300 }, { group }), applied);

    expect(head.probations).toEqual({
      [keyOf('i-3')]: {
        targetGroupArn: TARGET_GROUP_ARN,
        targetId: 'i-3',
        port: 80,
        seconds: 600,
        until: NOON + 5 + minutes(10),
      },
    });
  });

  test('keeps the zone that a target by address had', () => {
    const group = aHealedGroup({ action: 'deregister' });
    const observation = aHealthObservation({ 'i-3': 300 }, { group });
    const targets = observation.targets.map((target) => ({ ...target, availabilityZone: 'all' }));

    expect(settle({ ...observation, targets }, applied).probations[keyOf('i-3')]).toMatchObject({
      availabilityZone: 'all',
    });
  });

  test('is nothing of one that is replaced', () => {
    expect(settle(aHealthObservation({ 'i-3': 300 }), applied).probations).toEqual({});
  });

  test('says when it was tried again', () => {
    expect(settle(withOut(), applied).probations[KEY]).toEqual({ ...OUT, returnedAt: NOON + 5 });
    expect(settle(withOut(), applied).removals).toEqual([]);
  });

  test('is forgotten when it can never come back', () => {
    const gone = { kind: 'refused', reason: 'TargetGone', detail: 'terminated' } as const;

    const { probations } = settle(withOut(), gone);
    expect(probations[KEY]).toMatchObject({ isGone: true });
    expect(remembered(withOut({ isGone: true }))).toEqual({});
  });

  test('is nothing of a target that was not out', () => {
    expect(withTargetsGone({}, [KEY], NOON)).toEqual({});
  });

  test('stays when AWS refuses, and is tried again after a minute', () => {
    const denied = { kind: 'refused', reason: 'AccessDenied', detail: 'no' } as const;

    expect(settle(withOut(), denied).probations).toEqual({
      [KEY]: { ...OUT, until: NOON + 5 + 60_000, refusals: 1 },
    });
  });

  test.each([
    { is: 'healthy for as long as it was out', ago: 10, state: 'healthy', kept: false },
    { is: 'healthy for a shorter time', ago: 9, state: 'healthy', kept: true },
    { is: 'unhealthy', ago: 10, state: 'unhealthy', kept: true },
  ])('when it is $is: kept $kept', ({ ago, state, kept }) => {
    const observation = withTarget(withOut({ returnedAt: NOON - minutes(ago) }), { state });

    expect(KEY in remembered(observation)).toBe(kept);
    expect(isChanged(observation)).toBe(!kept);
  });

  test.each([
    { seconds: 59, kept: true },
    { seconds: 60, kept: false },
  ])('when it is gone $seconds s after it returned: kept $kept', ({ seconds, kept }) => {
    expect(KEY in remembered(withOut({ returnedAt: NOON - seconds * 1_000 }))).toBe(kept);
  });

  test('knows that somebody else has registered it', () => {
    const observation = withTarget(withOut(), { state: 'initial' });

    expect(remembered(observation)[KEY]).toEqual({ ...OUT, returnedAt: NOON });
  });

  test('takes a read that lags for none', () => {
    const observation = withTarget(withOut({ until: NOON + 1 }), { state: 'unhealthy' });

    expect(remembered(observation)[KEY]).toEqual({ ...OUT, until: NOON + 1 });
  });
});

describe('a return that was not settled', () => {
  const recover = (observation: HealthObservation) =>
    decideHealRecovery(observation, {
      decision: decideHealth(withOut()),
      claimedAt: NOON - 60_000,
    });

  test('is done when the target is registered', () => {
    expect(recover(withTarget(withOut(), { state: 'initial' })).kind).toBe('applied');
  });

  test('is judged afresh when it is not', () => {
    expect(recover(withOut())).toEqual({ kind: 'supersede', detail: 'nothing was done yet' });
  });
});
