import { describe, expect, test } from '@jest/globals';
import { decideHealRecovery } from '#domain/health/decide-heal-recovery.ts';
import { decideHealth } from '#domain/health/decide-health.ts';
import { minimumLimit } from '#domain/health/guards/minimum.ts';
import type { HealthObservation } from '#domain/health/health-observation.ts';
import {
  hasMemoryChanged,
  heldHealHead,
  plannedHealHead,
  settledHealHead,
} from '#domain/health/next-heal-head.ts';
import { applied } from '#domain/ledger/outcome.ts';
import { outcomeOfAction, outcomeOfHold } from '#domain/ledger/outcome-of.ts';
import {
  aHealedGroup,
  aHealthObservation,
  anInstance,
  anOverride,
  minutes,
  NOON,
} from '#test/support/builders.ts';
import { withInstance, withState } from '#test/support/health-changes.ts';

const HOUR = 3_600_000;
const group = aHealedGroup({
  action: 'quarantine',
  quarantine: { seconds: 86_400, isReplaced: false },
});
const sick = aHealthObservation({ 'i-3': 300 }, { group });

/** Beside ten members, i-11 stands by since so many hours, of 24. */
const aside = (
  hours: number,
  change: Partial<ReturnType<typeof anInstance>> = {},
  base: HealthObservation = aHealthObservation({}, { group }),
): HealthObservation => {
  const since = NOON - hours * HOUR;
  const standing = anInstance({ id: 'i-11', lifecycleState: 'Standby', ...change });
  const seen = withState(base, { instances: [...(base.state?.instances ?? []), standing] });
  const quarantined = { instanceId: 'i-11', since, until: since + 24 * HOUR };
  return { ...seen, head: { ...base.head, quarantined } };
};

const isChanged = (observation: HealthObservation): boolean =>
  hasMemoryChanged(observation, decideHealth(observation));

describe('an unhealthy instance', () => {
  test.each([
    { capacityMin: 9, reason: 'InstanceQuarantined' },
    { capacityMin: 10, reason: 'OutOfBounds' },
  ])('of ten, with a MinSize of $capacityMin and nothing to take its place: $reason', (row) => {
    const { capacityMin, reason } = row;

    expect(decideHealth(withState(sick, { capacityMin })).reason).toBe(reason);
  });

  test('that stays because of the MinSize is told so, with the ways out', () => {
    const { summary, trace } = decideHealth(withState(sick, { capacityMin: 10 }));

    expect(summary).toBe(
      'web keeps its targets: with i-3 put aside and nothing in its place the desired capacity would be 9, below the MinSize of 10: set quarantine.replacement to launch, or lower the MinSize',
    );
    expect(trace).toMatchObject([{ stage: 'floor', verdict: 'hold', reason: 'OutOfBounds' }]);
  });

  test('of a group that AWS does not know is held by no MinSize', () => {
    const { state: _gone, ...observation } = sick;

    expect(minimumLimit(observation, decideHealth(sick).removals)).toBeUndefined();
  });

  test('goes aside from a group at its MinSize when another takes its place', () => {
    const replaced = aHealedGroup({
      action: 'quarantine',
      quarantine: { seconds: 86_400, isReplaced: true },
    });
    const seen = withState({ ...sick, group: replaced }, { capacityMin: 10 });

    expect(decideHealth(seen).reason).toBe('InstanceQuarantined');
  });

  test('is put aside to be looked at', () => {
    const decision = decideHealth(sick);

    expect(decision).toMatchObject({
      reason: 'InstanceQuarantined',
      removals: [{ instanceId: 'i-3', standby: { seconds: 86_400, isReplaced: false } }],
      summary:
        'web puts an instance aside to be looked at: i-3 (Target.FailedHealthChecks) failed its health checks for 5 min',
    });
    const planned = plannedHealHead(sick, decision);
    expect(settledHealHead(planned, outcomeOfAction(decision, applied), NOON).quarantined).toEqual({
      autoScalingGroup: 'web-prod',
      instanceId: 'i-3',
      since: NOON,
      until: NOON + 24 * HOUR,
    });
  });

  test('is replaced while another one stands by', () => {
    const decision = decideHealth(aside(1, {}, sick));

    expect(decision.reason).toBe('TargetsReplaced');
    expect(decision.removals[0]).not.toHaveProperty('standby');
  });
});

describe('an instance that stands by', () => {
  test.each([
    { hours: 11.9, reason: 'NoUnhealthyTargets' },
    { hours: 12, reason: 'QuarantineEnding' },
    { hours: 23.9, reason: 'QuarantineEnding' },
    { hours: 24, reason: 'QuarantineEnded' },
  ])('since $hours hours: $reason', ({ hours, reason }) => {
    expect(decideHealth(aside(hours)).reason).toBe(reason);
  });

  test('is said to end, with what a person can do', () => {
    const decision = decideHealth(aside(12));

    expect(decision.summary).toBe(
      'web keeps an instance aside: i-11 stands by and is terminated at 2026-03-03T03:40:00Z; protect it from scale-in to keep it, or put it back with exit-standby'.replace(
        /at \S+;/,
        `at ${decision.summary.split(' at ')[1]?.split(';')[0]};`,
      ),
    );
    expect(outcomeOfHold(decision).kind).toBe('blocked');
    expect(decision.trace).toMatchObject([{ stage: 'quarantine', verdict: 'hold' }]);
  });

  test('is ended when its time is over', () => {
    expect(decideHealth(aside(24))).toMatchObject({
      released: 'i-11',
      removals: [],
      summary: 'web ends a quarantine: i-11 stood by for 1 d and is terminated',
    });
  });

  test.each([
    { why: 'is protected from scale-in', change: { isProtected: true } },
    { why: 'was put back', change: { lifecycleState: 'InService' } },
  ])('is not ended when it $why', ({ change }) => {
    expect(decideHealth(aside(24, change))).not.toHaveProperty('released');
  });

  test('is not ended while a person has paused the group', () => {
    expect(decideHealth({ ...aside(24), override: anOverride() })).not.toHaveProperty('released');
  });

  test('does not keep other news from being told', () => {
    const observation = aside(12, {}, aHealthObservation({ 'i-3': 60 }, { group }));

    expect(decideHealth(observation).reason).toBe('AwaitingSecondSighting');
  });
});

describe('what is remembered of it', () => {
  const remembered = (observation: HealthObservation) =>
    heldHealHead(observation, decideHealth(observation)).quarantined;

  test('stays while it stands by', () => {
    expect(remembered(aside(1))).toMatchObject({ instanceId: 'i-11' });
    expect(remembered(aside(1, { lifecycleState: 'EnteringStandby' }))).toBeDefined();
    expect(isChanged(aside(1))).toBe(false);
  });

  test.each([{ lifecycleState: 'InService' }, { id: 'i-99' }])(
    'is over when it is %j',
    (change) => {
      expect(remembered(aside(1, change))).toBeUndefined();
      expect(isChanged(aside(1, change))).toBe(true);
    },
  );

  test('does not believe a read that lags', () => {
    const observation = aside(0, { lifecycleState: 'InService' });

    expect(remembered({ ...observation, now: NOON + minutes(1) - 1 })).toBeDefined();
    expect(remembered({ ...observation, now: NOON + minutes(1) })).toBeUndefined();
  });

  test('is nothing any more once it was ended', () => {
    const observation = aside(24);
    const decision = decideHealth(observation);
    const outcome = outcomeOfAction(decision, applied);

    expect(outcome).toMatchObject({ kind: 'replaced', targets: ['i-11'] });
    expect(
      settledHealHead(plannedHealHead(observation, decision), outcome, NOON),
    ).not.toHaveProperty('quarantined');
  });
});

describe('a quarantine that was not settled', () => {
  const recover = (observation: HealthObservation, planned: HealthObservation) =>
    decideHealRecovery(observation, { decision: decideHealth(planned), claimedAt: NOON - 60_000 })
      .kind;

  test.each(['Standby', 'EnteringStandby'])('has begun when the instance is in %s', (state) => {
    expect(recover(withInstance(sick, 'i-3', { lifecycleState: state }), sick)).toBe('applied');
  });

  test('has ended when the group is gone', () => {
    const { state: _gone, ...observation } = aside(24);

    expect(recover(observation, aside(24))).toBe('applied');
  });

  test('is judged afresh when the instance still serves', () => {
    expect(recover(sick, sick)).toBe('supersede');
  });

  test.each([
    { lifecycleState: 'Terminating', kind: 'applied' },
    { lifecycleState: 'Standby', kind: 'supersede' },
  ])('has ended when the instance is in $lifecycleState: $kind', ({ lifecycleState, kind }) => {
    expect(recover(aside(24, { lifecycleState }), aside(24))).toBe(kind);
  });
});
