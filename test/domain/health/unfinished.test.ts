import { describe, expect, test } from '@jest/globals';
import { decideHealRecovery } from '#domain/health/decide-heal-recovery.ts';
import { decideHealth } from '#domain/health/decide-health.ts';
import type { HealthObservation } from '#domain/health/health-observation.ts';
import {
  heldHealHead,
  narrowedHealHead,
  settledHealHead,
  undoneHealHead,
} from '#domain/health/next-heal-head.ts';
import type { HealthDecision } from '#domain/ledger/decision.ts';
import { type HealHead, newHealHead, type Probation } from '#domain/ledger/head.ts';
import { outcomeOfAction } from '#domain/ledger/outcome-of.ts';
import { registerCommand } from '#domain/ledger/register-command.ts';
import {
  aHealedGroup,
  aHealthObservation,
  anOverride,
  minutes,
  NOON,
  TARGET_GROUP_ARN,
} from '#test/support/builders.ts';
import { keyOf, withInstance, withState } from '#test/support/health-changes.ts';

const out = (id: string, more: Partial<Probation> = {}): Record<string, Probation> => ({
  [keyOf(id)]: {
    targetGroupArn: TARGET_GROUP_ARN,
    targetId: id,
    port: 80,
    seconds: 3_600,
    until: NOON,
    unfinished: 'AccessDenied: no',
    ...more,
  },
});

const withOut = (
  probations: HealHead['probations'],
  more: Partial<HealHead> = {},
): HealthObservation => {
  const observation = aHealthObservation();
  const targets = observation.targets.filter(({ id }) => !(keyOf(id) in probations));
  return { ...observation, targets, head: { ...newHealHead, probations, ...more } };
};

describe('a target whose removal could not be finished', () => {
  test('is put back at once, and a person is told', () => {
    expect(decideHealth(withOut(out('i-3')))).toMatchObject({
      reason: 'RemovalUndone',
      returned: { targetGroupArn: TARGET_GROUP_ARN, targetId: 'i-3', port: 80 },
    });
  });

  test('waits while a person pauses the group, and the line says for what', () => {
    const observation = { ...withOut(out('i-3')), override: anOverride() };

    expect(decideHealth(observation)).toMatchObject({
      reason: 'Paused',
      summary:
        'web leaves a target out: i-3:80 should be registered again, but paused by ann until 2026-03-02 09:59 UTC: moving the database',
    });
  });

  test('waits for a target group that was not handed over', () => {
    const observation = { ...withOut(out('i-3')), managed: {} };

    expect(decideHealth(observation)).toMatchObject({ reason: 'NotManaged' });
  });

  test('does not hide another reason to hold', () => {
    const failing = aHealthObservation({ 'i-4': 0 });
    const targets = failing.targets.filter(({ id }) => id !== 'i-3');
    const { head } = withOut(out('i-3'));
    const observation = { ...failing, targets, override: anOverride(), head };

    expect(decideHealth(observation).reason).toBe('AwaitingSecondSighting');
  });

  test('is named when it cannot be put back: five of them, and a count', () => {
    const ids = ['i-1', 'i-2', 'i-3', 'i-4', 'i-5', 'i-6'];
    const all = ids.map((id) => out(id, { until: NOON + 1, refusals: 1 }));
    const { reason, summary } = decideHealth(withOut(Object.assign({}, ...all)));

    expect(reason).toBe('TargetsStayOut');
    expect(summary).toMatch(/^web cannot put targets back: 6 should be in service/);
    expect(summary.match(/register-targets/g)).toHaveLength(5);
    expect(summary).toMatch(/; and 1 more$/);
  });

  test('is left alone for its time once it is back, however it fails', () => {
    const since = (ago: number): HealthObservation => {
      const failing = aHealthObservation({ 'i-3': 300 });
      const probations = out('i-3', { returnedAt: NOON - ago });
      return { ...failing, head: { ...failing.head, probations } };
    };

    expect(decideHealth(since(minutes(60) - 1))).toMatchObject({
      reason: 'TargetsUntouchable',
      summary:
        'web keeps its targets: i-3 (Target.FailedHealthChecks) is left alone until 2026-03-02 09:00 UTC, for its removal could not be finished (AccessDenied: no)',
    });
    expect(decideHealth(since(minutes(60))).removals).toHaveLength(1);
  });

  test('is left alone while it is not yet known to be back', () => {
    const failing = aHealthObservation({ 'i-3': 300 });
    const head = { ...failing.head, probations: out('i-3') };

    expect(decideHealth({ ...failing, head }).reason).toBe('TargetsUntouchable');
  });
});

describe('the head', () => {
  const sick = aHealthObservation({ 'i-3': 300 });
  const decision = decideHealth(sick);
  const refused = { kind: 'refused', reason: 'RemovalUnfinished', detail: 'no' } as const;
  const planned: HealHead = { ...newHealHead, inFlight: { decision, claimedAt: NOON } };

  test('of a plan that was given up puts back who was half-way, for twice as long the next time', () => {
    const outcome = outcomeOfAction(decision, refused);
    const first = undoneHealHead(['i-3'], 'no')(planned, outcome, NOON);
    const probations = out('i-3', { returnedAt: NOON });
    const second = undoneHealHead(['i-3'], 'no')({ ...planned, probations }, outcome, NOON);

    expect(first.probations[keyOf('i-3')]).toMatchObject({ seconds: 3_600, unfinished: 'no' });
    expect(second.probations[keyOf('i-3')]).toMatchObject({ seconds: 7_200, until: NOON });
    expect(first.removals).toEqual([NOON]);
    expect(first).not.toHaveProperty('inFlight');
  });

  test('without a plan has nothing to undo or to narrow', () => {
    const outcome = outcomeOfAction(decision, refused);

    expect(undoneHealHead([], '')(newHealHead, outcome, NOON)).toEqual({
      ...newHealHead,
      version: 1,
    });
    expect(undoneHealHead([], '')(planned, 'superseded', NOON)).toEqual({
      ...newHealHead,
      version: 1,
    });
    expect(settledHealHead(newHealHead, outcome, NOON)).toEqual({ ...newHealHead, version: 1 });
    expect(narrowedHealHead(newHealHead, decision)).toEqual(newHealHead);
  });

  test('remembers that people were told who stays out, whatever AWS refuses meanwhile', () => {
    const returned = { targetGroupArn: TARGET_GROUP_ARN, targetId: 'i-3', port: 80 };
    const back: HealthDecision = { ...decision, removals: [], returned };
    const last = { id: 'web-health-1', signature: 'TargetsStayOut' };
    const head = { ...planned, last, inFlight: { decision: back, claimedAt: NOON } };
    const denied = { kind: 'refused', reason: 'AccessDenied', detail: 'no' } as const;
    const settled = settledHealHead(
      { ...head, probations: out('i-3') },
      outcomeOfAction(back, denied),
      NOON,
    );

    expect(settled.last).toEqual(last);
    expect(settled.probations[keyOf('i-3')]).toMatchObject({ refusals: 1, until: NOON + 60_000 });
  });

  test('remembers since when a replacement is waited for, and forgets it when it is there', () => {
    const waits = withInstance(sick, 'i-9', { lifecycleState: 'Pending' });
    const held = heldHealHead(waits, decideHealth(waits));
    expect(held.waitingSince).toBe(NOON);

    const later = { ...waits, now: NOON + 1, head: held };
    expect(heldHealHead(later, decideHealth(later)).waitingSince).toBe(NOON);
    const calm = { ...aHealthObservation(), head: held };
    expect(heldHealHead(calm, decideHealth(calm))).not.toHaveProperty('waitingSince');
  });

  test('puts off the end of a quarantine that AWS refuses', () => {
    const quarantined = { instanceId: 'i-3', since: 0, until: NOON };
    const ended: HealthDecision = { ...decision, removals: [], released: 'i-3' };
    const head = { ...newHealHead, quarantined, inFlight: { decision: ended, claimedAt: NOON } };
    const denied = { kind: 'refused', reason: 'AccessDenied', detail: 'no' } as const;
    const once = settledHealHead(head, outcomeOfAction(ended, denied), NOON);
    const twice = settledHealHead({ ...once, inFlight: head.inFlight }, 'superseded', NOON);

    expect(once.quarantined).toEqual({ ...quarantined, until: NOON + minutes(1), refusals: 1 });
    expect(twice.quarantined).toMatchObject({ until: NOON + minutes(4), refusals: 2 });
  });
});

test('a target that AWS does not know when it should leave changes nothing that is remembered', () => {
  const decision = decideHealth(aHealthObservation({ 'i-3': 300 }));
  const planned: HealHead = { ...newHealHead, inFlight: { decision, claimedAt: NOON } };
  const gone = { kind: 'refused', reason: 'TargetGone', detail: 'no' } as const;

  expect(settledHealHead(planned, outcomeOfAction(decision, gone), NOON)).toMatchObject({
    probations: {},
    removals: [],
  });
});

test('a quarantine that is over goes on while a person pauses the group', () => {
  const quarantined = { instanceId: 'i-3', since: 0, until: NOON };
  const aside = withInstance(withOut({}, { quarantined }), 'i-3', { lifecycleState: 'Standby' });

  expect(decideHealth(aside)).toMatchObject({ released: 'i-3' });
  expect(decideHealth({ ...aside, override: anOverride() })).not.toHaveProperty('released');
});

describe('a plan that was begun', () => {
  const two = aHealthObservation(
    { 'i-3': 300, 'i-4': 300 },
    { group: aHealedGroup({ ceilingPercent: 50 }) },
  );
  const plan = decideHealth(two);
  const removals = ['i-3', 'i-4'].map((id) => ({
    ...plan.removals[0]!,
    targetId: id,
    instanceId: id,
  }));
  const decision: HealthDecision = { ...plan, removals };
  const begun = { ...two, targets: two.targets.filter(({ id }) => id !== 'i-3') };

  test('is about those only that were begun', () => {
    expect(decideHealRecovery(begun, { decision, claimedAt: 0 })).toMatchObject({
      kind: 'finish',
      decision: { removals: [{ targetId: 'i-3' }] },
      plannedSteps: [{ subject: 'i-3' }],
    });
  });

  test.each([
    { age: 10, attempts: 2, isLast: true },
    { age: 10, attempts: 1, isLast: false },
    { age: 9.9, attempts: 9, isLast: false },
  ])(
    'after $age min and $attempts attempts has its last one: $isLast',
    ({ age, attempts, isLast }) => {
      const now = NOON + minutes(age);
      const inFlight = { decision, claimedAt: 0, attempts };

      expect(decideHealRecovery({ ...begun, now }, inFlight)).toMatchObject({ isLast });
    },
  );

  test.each([
    { lifecycleState: 'Standby', kind: 'applied' },
    { lifecycleState: 'Detaching', kind: 'applied' },
    { lifecycleState: 'Terminating:Wait', kind: 'applied' },
    { lifecycleState: 'ReplacingRootVolume', kind: 'finish' },
    { lifecycleState: 'new-in-2030', kind: 'finish' },
  ])('when its instance is $lifecycleState: $kind', ({ lifecycleState, kind }) => {
    const observation = withInstance(begun, 'i-3', { lifecycleState });

    expect(decideHealRecovery(observation, { decision, claimedAt: 0 }).kind).toBe(kind);
  });

  test('to put somebody aside is judged afresh when the group is gone', () => {
    const standby = { seconds: 60, isReplaced: true };
    const aside = { ...decision, removals: [{ ...removals[0]!, standby }] };
    const { state: _gone, ...groupless } = withState(begun, {});

    expect(decideHealRecovery(groupless, { decision: aside, claimedAt: 0 }).kind).toBe('supersede');
  });
});

test('the command registers a target as it was, with its zone', () => {
  const registration = { targetGroupArn: 'arn', targetId: '10.0.0.9', port: 8_080 };

  expect(registerCommand({ ...registration, availabilityZone: 'all' })).toBe(
    'aws elbv2 register-targets --target-group-arn arn --targets Id=10.0.0.9,Port=8080,AvailabilityZone=all',
  );
});
