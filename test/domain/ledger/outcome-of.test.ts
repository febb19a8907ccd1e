import { describe, expect, test } from '@jest/globals';
import { heldHead, plannedHead, settledHead } from '#domain/capacity/next-scale-head.ts';
import { heardAlarms, isNewlyHeard, lastChange, openAlarms } from '#domain/capacity/observation.ts';
import { saysMore, signatureOfAction, signatureOfHold } from '#domain/capacity/says-more.ts';
import type { HealthDecision, Removal, TraceLine } from '#domain/ledger/decision.ts';
import { newScaleHead } from '#domain/ledger/head.ts';
import { applied } from '#domain/ledger/outcome.ts';
import { outcomeOfAction, outcomeOfHold, troubleOf } from '#domain/ledger/outcome-of.ts';
import {
  aCapacityDecision,
  alarmOf,
  anObservation,
  aScaleHead,
  CPU_HIGH,
  CPU_LOW,
  firing,
  NOON,
  seconds,
  TARGET_GROUP_ARN,
} from '#test/support/builders.ts';

const line: TraceLine = {
  ...({ stage: 'rule', verdict: 'recommend' } as const),
  ...({ reason: 'ThresholdMet', detail: '' } as const),
};

const removal: Removal = {
  targetGroupArn: TARGET_GROUP_ARN,
  targetId: 'i-1',
  port: 80,
  instanceId: 'i-1',
  cause: 'Target.FailedHealthChecks',
};
const aHealthDecision = (removals: readonly Removal[]): HealthDecision => ({
  kind: 'health',
  id: 'web-health-3',
  group: 'web',
  autoScalingGroup: 'web-prod',
  at: NOON,
  reason: 'TargetsReplaced',
  summary: 'web replaces unhealthy targets: i-1',
  trace: [],
  removals,
});

const HEADING = {
  schemaVersion: 1,
  decisionId: 'web-1',
  group: 'web',
  autoScalingGroup: 'web-prod',
  at: NOON,
  about: 'capacity',
};

describe('the outcome', () => {
  test('of a change that AWS took is scaled', () => {
    expect(outcomeOfAction(aCapacityDecision(), applied)).toEqual({
      ...HEADING,
      kind: 'scaled',
      reason: 'ScaledOut',
      summary: 'web 4 → 6: cpu-high',
      capacity: { from: 4, to: 6 },
    });
  });

  test('of removals that AWS took is replaced, and names the targets', () => {
    const decision = aHealthDecision([removal, { ...removal, targetId: 'i-2', port: 8080 }]);

    expect(outcomeOfAction(decision, applied)).toEqual({
      ...HEADING,
      decisionId: 'web-health-3',
      about: 'health',
      kind: 'replaced',
      reason: 'TargetsReplaced',
      summary: 'web replaces unhealthy targets: i-1',
      targets: ['i-1:80', 'i-2:8080'],
    });
  });

  test('of a refusal keeps the sentence and adds why it was not done', () => {
    const answer = { kind: 'refused', reason: 'GroupBusy', detail: 'AWS is busy' } as const;

    expect(outcomeOfAction(aCapacityDecision(), answer)).toEqual({
      ...HEADING,
      kind: 'held',
      reason: 'GroupBusy',
      summary: 'web 4 → 6: cpu-high. Not done: AWS is busy',
      capacity: { from: 4, to: 6 },
    });
  });

  test('says what the decision had to reckon with', () => {
    const more = { rule: 'cpu-high', bounds: { min: 2, max: 10 }, instanceType: 'm7g.large' };
    const trace = [
      { ...line, subject: 'cpu-high', capacity: 6 },
      { ...line, subject: 'shy', verdict: 'shadow' as const, capacity: 9 },
      { ...line, subject: 'silent' },
    ] satisfies readonly TraceLine[];
    expect(outcomeOfAction(aCapacityDecision({ ...more, trace }), applied)).toMatchObject({
      ...more,
      wishes: [{ rule: 'cpu-high', capacity: 6 }],
    });
  });

  test('of a hold has neither capacities nor targets', () => {
    const hold = aCapacityDecision({ to: 4, reason: 'CoolingDown', summary: 'web stays at 4' });

    expect(outcomeOfHold(hold)).toEqual({
      ...HEADING,
      kind: 'held',
      reason: 'CoolingDown',
      summary: 'web stays at 4',
    });
    expect(outcomeOfHold(aHealthDecision([]))).not.toHaveProperty('targets');
  });
});

describe('what is news', () => {
  test('a hold repeats itself when its reason and the firing alarms are the same', () => {
    const hold = aCapacityDecision({ to: 4, reason: 'CoolingDown' });

    expect(signatureOfHold(firing(CPU_HIGH), hold)).toBe('CoolingDown tidegate-dev-web-cpu-high');
    expect(signatureOfHold(anObservation(), hold)).toBe('CoolingDown');
  });

  test('an action repeats itself when it ended the same with the same subject', () => {
    const scaled = outcomeOfAction(aCapacityDecision(), applied);
    const replaced = outcomeOfAction(aHealthDecision([removal]), applied);

    expect(signatureOfAction(aCapacityDecision(), scaled)).toBe('scaled ScaledOut 4 6');
    expect(signatureOfAction(aHealthDecision([removal]), replaced)).toBe(
      'replaced TargetsReplaced i-1:80',
    );
  });

  test.each([
    { last: undefined, signature: 'Steady', expected: false },
    { last: undefined, signature: 'NoUnhealthyTargets', expected: false },
    { last: undefined, signature: 'NotManaged', expected: true },
    { last: { signature: 'NotManaged' }, signature: 'NotManaged', expected: false },
    { last: { signature: 'NotManaged' }, signature: 'Steady', expected: true },
    { last: { signature: 'Steady' }, signature: 'NoUnhealthyTargets', expected: true },
  ])('after $last, $signature is news: $expected', ({ last, signature, expected }) => {
    expect(saysMore(last && { id: 'web-1', ...last }, signature)).toBe(expected);
  });
});

describe('alarms of an observation', () => {
  const both = anObservation({
    alarms: [
      alarmOf(CPU_LOW),
      alarmOf(CPU_HIGH),
      alarmOf(
        { ...CPU_HIGH, alarm: { kind: 'existing', name: 'muted' } },
        { actionsEnabled: false },
      ),
    ],
    heard: [{ alarm: CPU_LOW.alarm.name, at: NOON }],
  });

  test('are open when they fire and nobody has muted them, in the order of their names', () => {
    expect(openAlarms(both)).toEqual([CPU_HIGH.alarm.name, CPU_LOW.alarm.name]);
  });

  test('are heard when they are open and told us so, now or before', () => {
    const head = aScaleHead({ heardAlarms: [CPU_HIGH.alarm.name, 'closed long ago'] });

    expect(heardAlarms(both)).toEqual([CPU_LOW.alarm.name]);
    expect(heardAlarms({ ...both, head })).toEqual([CPU_HIGH.alarm.name, CPU_LOW.alarm.name]);
  });

  test('are newly heard only once', () => {
    const head = aScaleHead({ heardAlarms: [CPU_LOW.alarm.name] });

    expect(isNewlyHeard(both)).toBe(true);
    expect(isNewlyHeard({ ...both, head })).toBe(false);
    expect(isNewlyHeard(anObservation({ heard: both.heard }))).toBe(false);
  });
});

describe('the last change', () => {
  const change = (age: number) => ({ at: NOON - age, from: 1, to: 2 });

  test.each([
    { head: {}, at: undefined },
    { head: { lastScaleOut: change(5) }, at: NOON - 5 },
    { head: { lastScaleIn: change(5) }, at: NOON - 5 },
    { head: { lastScaleOut: change(5), lastScaleIn: change(4) }, at: NOON - 4 },
    { head: { lastScaleOut: change(4), lastScaleIn: change(5) }, at: NOON - 4 },
  ])('of $head was at $at', ({ head, at }) => {
    expect(lastChange(aScaleHead(head))?.at).toBe(at);
  });
});

describe('the head', () => {
  const observation = firing(CPU_HIGH, {
    head: aScaleHead({ version: 7, lastScaleIn: { at: 1, from: 5, to: 4 } }),
    heard: [{ alarm: CPU_HIGH.alarm.name, at: NOON }],
  });
  const alarms = { openAlarms: [CPU_HIGH.alarm.name], heardAlarms: [CPU_HIGH.alarm.name] };
  const planned = plannedHead(observation, aCapacityDecision());

  test('that plans keeps what it knew and carries the decision', () => {
    expect(planned).toEqual({
      version: 8,
      lastScaleIn: { at: 1, from: 5, to: 4 },
      untold: [],
      changes: [],
      wishes: [],
      expected: 4,
      inFlight: { decision: aCapacityDecision(), claimedAt: NOON },
      ...alarms,
    });
  });

  test('after a hold remembers what was said', () => {
    const hold = aCapacityDecision({ id: 'web-8', to: 4, reason: 'CoolingDown' });

    expect(heldHead(observation, hold)).toEqual({
      version: 8,
      lastScaleIn: { at: 1, from: 5, to: 4 },
      untold: [],
      changes: [],
      wishes: [],
      expected: 4,
      last: { id: 'web-8', signature: `CoolingDown ${CPU_HIGH.alarm.name}` },
      ...alarms,
    });
  });

  test.each([
    { to: 6, lane: 'lastScaleOut' },
    { to: 3, lane: 'lastScaleIn' },
  ] as const)('after a change to $to begins the cooldown of its direction', ({ to, lane }) => {
    const decision = aCapacityDecision({ to });
    const head = plannedHead(observation, decision);
    const outcome = outcomeOfAction(decision, applied);
    const settled = settledHead(head, outcome, NOON + seconds(1));

    expect(settled[lane]).toEqual({ at: NOON + seconds(1), from: 4, to });
    expect(settled.version).toBe(9);
    expect(settled).not.toHaveProperty('inFlight');
    expect(settled.last).toEqual({ id: 'web-1', signature: `scaled ScaledOut 4 ${to}` });
  });

  test('after a refusal begins no cooldown', () => {
    const answer = { kind: 'refused', reason: 'GroupBusy', detail: '' } as const;
    const settled = settledHead(planned, outcomeOfAction(aCapacityDecision(), answer), NOON);

    expect(settled).toEqual({
      version: 9,
      lastScaleIn: { at: 1, from: 5, to: 4 },
      untold: [],
      changes: [],
      wishes: [],
      expected: 4,
      last: { id: 'web-1', signature: 'held GroupBusy 4 6' },
      ...alarms,
    });
  });

  test('after a plan was given up only forgets the plan', () => {
    const { inFlight: _plan, ...rest } = planned;

    expect(settledHead(planned, 'superseded', NOON)).toEqual({ ...rest, version: 9 });
  });

  test('that has no plan has nothing to settle', () => {
    const outcome = outcomeOfAction(aCapacityDecision(), applied);

    expect(settledHead(newScaleHead, outcome, NOON)).toEqual({ ...newScaleHead, version: 1 });
  });
});

describe('the trouble of a decision not to act', () => {
  const held = (overrides: Parameters<typeof aCapacityDecision>[0]) =>
    aCapacityDecision({ from: 4, to: 4, ...overrides });
  const blind = (subject?: string): TraceLine => {
    const line = {
      stage: 'rule',
      verdict: 'abstain',
      reason: 'MetricRefused',
      detail: '',
    } as const;
    return subject === undefined ? line : { ...line, subject };
  };

  const joined: TraceLine = { ...blind(), stage: 'combine', verdict: 'hold' };

  test.each([
    [held({ reason: 'AtMaximum' }), 'AtMaximum'],
    [held({ reason: 'ProcessSuspended', wanted: 5 }), 'ProcessSuspended out'],
    [held({ reason: 'ProcessSuspended', wanted: 3 }), 'ProcessSuspended in'],
    [
      held({
        reason: 'MetricRefused',
        trace: [line, blind('busy'), blind(), joined, blind('load')],
      }),
      'MetricRefused busy load',
    ],
    [held({ reason: 'CoolingDown' }), undefined],
    [{ ...aHealthDecision([]), reason: 'CommonCause' as const }, 'CommonCause'],
  ])('is told from others by what else matters', (decision, trouble) => {
    expect(troubleOf(decision)).toBe(trouble);
  });
});
