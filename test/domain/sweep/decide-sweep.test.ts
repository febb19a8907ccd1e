import { describe, expect, test } from '@jest/globals';
import type { Rule } from '#domain/configuration/rule.ts';
import { newHealHead } from '#domain/ledger/head.ts';
import type { Alarm } from '#domain/observed/alarm.ts';
import { healCause, missedAlarms, type SweepView, scaleCause } from '#domain/sweep/decide-sweep.ts';
import {
  aCapacityDecision,
  aGroup,
  aGroupState,
  aHealth,
  alarmOf,
  anAlarmRule,
  anOverride,
  aScaleHead,
  CPU_HIGH,
  HEALTH_ALARM,
  NOON,
  someInstances,
} from '#test/support/builders.ts';
import { anOutcome } from '#test/support/notify-world.ts';

const byName = (...alarms: Alarm[]) => new Map(alarms.map((alarm) => [alarm.name, alarm]));

const OFFICE: Rule = {
  kind: 'schedule',
  name: 'office',
  min: 4,
  window: { kind: 'once', from: 0, to: 1 },
};

const aView = (overrides: Partial<SweepView> = {}): SweepView => ({
  now: NOON,
  group: aGroup(),
  state: aGroupState(),
  alarms: byName(),
  scaleHead: aScaleHead(),
  healHead: newHealHead,
  ...overrides,
});

const healed = (overrides: Partial<SweepView> = {}): SweepView =>
  aView({ group: aGroup({ health: aHealth() }), ...overrides });

const unsettled = { decision: aCapacityDecision(), claimedAt: NOON - 60_000 };

describe('why scaling is looked at', () => {
  test.each<{ cause: ReturnType<typeof scaleCause>; title: string; view: SweepView }>([
    { cause: undefined, title: 'nothing', view: aView() },
    {
      cause: 'alarm-firing',
      title: 'a firing alarm',
      view: aView({ alarms: byName(alarmOf(CPU_HIGH)) }),
    },
    {
      cause: undefined,
      title: 'a firing alarm of somebody else',
      view: aView({ alarms: byName(alarmOf(anAlarmRule('billing'))) }),
    },
    {
      cause: 'alarm-cleared',
      title: 'an alarm that fired when we last wrote',
      view: aView({ scaleHead: aScaleHead({ openAlarms: ['cpu'] }) }),
    },
    {
      cause: 'out-of-bounds',
      title: 'a capacity below ours',
      view: aView({ state: aGroupState({ capacityDesired: 1 }) }),
    },
    {
      cause: 'out-of-bounds',
      title: 'a capacity above ours',
      view: aView({ state: aGroupState({ capacityDesired: 11 }) }),
    },
    {
      cause: undefined,
      title: 'a capacity at our border',
      view: aView({ state: aGroupState({ capacityDesired: 10 }) }),
    },
    {
      cause: 'decision-unsettled',
      title: 'a plan that nobody settled, before anything else',
      view: aView({
        alarms: byName(alarmOf(CPU_HIGH)),
        scaleHead: aScaleHead({ inFlight: unsettled }),
      }),
    },
    {
      cause: 'minute-passed',
      title: 'a rule that follows the clock',
      view: aView({ group: aGroup({ rules: [OFFICE] }) }),
    },
    {
      cause: 'minute-passed',
      title: 'a group that stands in for another one',
      view: aView({
        group: aGroup({ standby: { of: { autoScalingGroup: 'b' }, minPercent: 60 } }),
      }),
    },
    {
      cause: 'minute-passed',
      title: 'a group that stands in for none any more, and must still say so',
      view: aView({ scaleHead: aScaleHead({ standby: { of: 'b', whole: 4 } }) }),
    },
    {
      cause: 'units-missing',
      title: 'units that were missing at the last look',
      view: aView({ scaleHead: aScaleHead({ missingSince: 1 }) }),
    },
    {
      cause: 'instances-pending',
      title: 'an instance on its way',
      view: aView({ state: aGroupState({ instances: someInstances(4, 1) }) }),
    },
    {
      cause: 'instances-pending',
      title: 'an instance that was on its way at the last look',
      view: aView({ scaleHead: aScaleHead({ pendingSince: { 'i-1': NOON } }) }),
    },
    {
      cause: 'instances-pending',
      title: 'an instance that was stuck at the last look, of a group that is gone',
      view: (({ state: _state, ...gone }) => gone)(
        aView({ scaleHead: aScaleHead({ stuckTold: NOON }) }),
      ),
    },
    {
      cause: 'override',
      title: 'a pause that is in force',
      view: aView({ override: anOverride() }),
    },
    {
      cause: undefined,
      title: 'a pause that is over and was told',
      view: aView({ override: anOverride({ until: NOON }) }),
    },
    {
      cause: 'override',
      title: 'a pause that is over, which is still to be told',
      view: aView({
        scaleHead: aScaleHead({ announced: { override: anOverride(), isEnding: true } }),
      }),
    },
    {
      cause: 'changed-by-others',
      title: 'a capacity that is not as we left it',
      view: aView({ scaleHead: aScaleHead({ expected: 7 }) }),
    },
    {
      cause: undefined,
      title: 'a capacity that is as we left it',
      view: aView({ scaleHead: aScaleHead({ expected: 4 }) }),
    },
    {
      cause: 'outcome-untold',
      title: 'an outcome that nobody heard of',
      view: aView({ scaleHead: aScaleHead({ untold: [anOutcome()] }) }),
    },
  ])('$title: $cause', ({ cause, view }) => {
    expect(scaleCause(view)).toBe(cause);
  });

  test('a group that AWS does not know is not out of bounds', () => {
    const { state: _gone, ...view } = aView({ scaleHead: aScaleHead({ expected: 7 }) });

    expect(scaleCause(view)).toBeUndefined();
  });
});

const PROBATION = {
  targetGroupArn: 'arn',
  targetId: 'i-1',
  port: 80,
  seconds: 600,
  until: NOON,
};

describe('why targets are looked at', () => {
  const alarm = alarmOf(CPU_HIGH, { name: HEALTH_ALARM });

  test.each<{ cause: ReturnType<typeof healCause>; title: string; view: SweepView }>([
    { cause: undefined, title: 'nothing', view: healed() },
    {
      cause: undefined,
      title: 'a group whose targets are nobody’s care',
      view: aView({ healHead: { ...newHealHead, untold: [anOutcome()] } }),
    },
    {
      cause: 'targets-unhealthy',
      title: 'a firing alarm',
      view: healed({ alarms: byName(alarm) }),
    },
    {
      cause: undefined,
      title: 'a muted alarm',
      view: healed({ alarms: byName({ ...alarm, actionsEnabled: false }) }),
    },
    {
      cause: 'targets-unhealthy',
      title: 'a target that was sighted',
      view: healed({ healHead: { ...newHealHead, sightings: { 'arn i-1:80': NOON } } }),
    },
    {
      cause: 'targets-out',
      title: 'a target that will be tried again',
      view: healed({ healHead: { ...newHealHead, probations: { 'arn i-1:80': PROBATION } } }),
    },
    {
      cause: 'targets-out',
      title: 'an instance that stands by',
      view: healed({
        healHead: { ...newHealHead, quarantined: { instanceId: 'i-1', since: NOON, until: NOON } },
      }),
    },
    {
      cause: 'decision-unsettled',
      title: 'removals that nobody settled, before anything else',
      view: healed({
        alarms: byName(alarm),
        healHead: {
          ...newHealHead,
          inFlight: {
            claimedAt: NOON - 60_000,
            decision: {
              kind: 'health',
              id: 'web-health-1',
              group: 'web',
              autoScalingGroup: 'web-prod',
              at: NOON,
              reason: 'TargetsReplaced',
              summary: '',
              trace: [],
              removals: [],
            },
          },
        },
      }),
    },
    {
      cause: 'outcome-untold',
      title: 'an outcome that nobody heard of',
      view: healed({ healHead: { ...newHealHead, untold: [anOutcome()] } }),
    },
  ])('$title: $cause', ({ cause, view }) => {
    expect(healCause(view)).toBe(cause);
  });
});

describe('an alarm whose message was missed', () => {
  test('is one of the rules, that fires, unheard, for two to fifteen minutes', () => {
    const since = NOON - 120_000;
    const view = aView({
      alarms: byName(
        alarmOf(CPU_HIGH, { since }),
        alarmOf(anAlarmRule('billing'), { since }),
        alarmOf(anAlarmRule('tidegate-dev-web-cpu-low'), { since, actionsEnabled: false }),
      ),
    });

    expect(missedAlarms(view).map(({ name }) => name)).toEqual([CPU_HIGH.alarm.name]);
  });
});
