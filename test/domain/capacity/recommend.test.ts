import { describe, expect, test } from '@jest/globals';
import { recommend } from '#domain/capacity/recommend.ts';
import { traceOfRecommendation } from '#domain/capacity/recommendation.ts';
import type { Rule } from '#domain/configuration/rule.ts';
import {
  alarmOf,
  anAlarmRule,
  anObservation,
  CPU_HIGH,
  CPU_LOW,
  firing,
  NOON,
  seconds,
} from '#test/support/builders.ts';

const withAlarm = (overrides: Parameters<typeof alarmOf>[1]) =>
  anObservation({ alarms: [alarmOf(CPU_HIGH, overrides)] });

describe('a threshold rule', () => {
  test('recommends its adjustment while its alarm fires, and says why', () => {
    expect(recommend(CPU_HIGH, firing(CPU_HIGH))).toEqual({
      kind: 'recommends',
      rule: 'cpu-high',
      reason: 'ThresholdMet',
      capacity: 6,
      detail: 'cpu > 70 for 5m (in ALARM for 12 s): add 2 to 4 makes 6',
    });
  });

  test('reckons from the desired capacity, not from the instances in service', () => {
    const observation = firing(CPU_HIGH);
    const state = { ...observation.state, instances: observation.state.instances.slice(0, 1) };

    expect(recommend(CPU_HIGH, { ...observation, state })).toMatchObject({ capacity: 6 });
  });

  test.each([
    { age: 59_999, capacity: 8 },
    { age: 60_000, capacity: 6 },
  ])(
    'reckons from our own last value while a read may lag behind it: $age ms later',
    ({ age, capacity }) => {
      const head = {
        ...firing(CPU_HIGH).head,
        lastScaleOut: { at: NOON - age, from: 4, to: 6 },
      };

      expect(recommend(CPU_HIGH, firing(CPU_HIGH, { head }))).toMatchObject({ capacity });
    },
  );

  test('believes a fresh read that shows neither our value nor the one before it', () => {
    const head = { ...firing(CPU_HIGH).head, lastScaleOut: { at: NOON, from: 7, to: 9 } };

    expect(recommend(CPU_HIGH, firing(CPU_HIGH, { head }))).toMatchObject({ capacity: 6 });
  });

  test('names an alarm of the operator, which has no words of ours', () => {
    const rule = anAlarmRule('web-latency-high');

    expect(recommend(rule, firing(rule))).toMatchObject({
      detail: 'alarm web-latency-high (in ALARM for 12 s): add 2 to 4 makes 6',
    });
  });

  test('never says that an alarm fires since a time to come, when clocks differ', () => {
    const observation = withAlarm({ since: NOON + seconds(2) });

    expect(recommend(CPU_HIGH, observation).detail).toContain('in ALARM for 0 s');
  });

  test('has no wish while its alarm is OK', () => {
    expect(recommend(CPU_HIGH, anObservation())).toEqual({
      kind: 'abstains',
      rule: 'cpu-high',
      reason: 'ThresholdNotMet',
      detail: 'cpu > 70 for 5m is not met',
    });
  });

  test('has no wish while its operators have disabled the actions of its alarm', () => {
    expect(recommend(CPU_HIGH, withAlarm({ actionsEnabled: false }))).toEqual({
      kind: 'abstains',
      rule: 'cpu-high',
      reason: 'ActionsDisabled',
      detail: 'actions of tidegate-dev-web-cpu-high are disabled',
    });
  });

  test.each([
    {
      title: 'has insufficient data',
      observation: withAlarm({ state: 'INSUFFICIENT_DATA' }),
      detail: 'tidegate-dev-web-cpu-high has insufficient data',
    },
    {
      title: 'is in a state that CloudWatch did not have',
      observation: withAlarm({ state: 'UNKNOWN' }),
      detail: 'tidegate-dev-web-cpu-high is in a state that Tidegate does not know',
    },
    {
      title: 'does not exist',
      observation: anObservation({ alarms: [] }),
      detail: 'there is no alarm named tidegate-dev-web-cpu-high',
    },
  ])('is blind while its alarm $title', ({ observation, detail }) => {
    expect(recommend(CPU_HIGH, observation)).toEqual({
      kind: 'blind',
      rule: 'cpu-high',
      reason: 'MissingData',
      blocksScaleIn: true,
      detail,
    });
  });

  test('that ignores missing data is blind without forbidding anything', () => {
    const rule = { ...CPU_HIGH, onMissing: 'ignore' } as const;

    expect(recommend(rule, anObservation({ alarms: [] }))).toMatchObject({
      kind: 'blind',
      blocksScaleIn: false,
    });
  });

  test('that would remove is blind when CloudWatch could not evaluate all data', () => {
    const observation = anObservation({ alarms: [alarmOf(CPU_LOW, { isEvaluated: false })] });

    expect(recommend(CPU_LOW, observation)).toMatchObject({
      kind: 'blind',
      detail: 'CloudWatch could not evaluate all data of tidegate-dev-web-cpu-low',
    });
  });

  test('that would add believes an alarm that rests on part of the data', () => {
    expect(recommend(CPU_HIGH, withAlarm({ isEvaluated: false }))).toMatchObject({
      kind: 'recommends',
      capacity: 6,
    });
  });

  test('that would keep the capacity believes it too', () => {
    const rule = { ...CPU_HIGH, adjustment: { kind: 'set', capacity: 4 } } as const;

    expect(recommend(rule, withAlarm({ isEvaluated: false }))).toMatchObject({
      kind: 'recommends',
      capacity: 4,
    });
  });
});

describe('a rule whose metric CloudWatch refuses', () => {
  const track: Rule = {
    kind: 'track',
    name: 'load',
    metric: 'cpu',
    target: 50,
    isTotal: false,
    onMissing: 'ignore',
  };
  const refused = { cpu: 'Error in expression' };

  test('is blind and forbids to scale in, whatever it does without data', () => {
    expect(recommend(track, { ...firing(CPU_HIGH), refused })).toEqual({
      kind: 'blind',
      rule: 'load',
      reason: 'MetricRefused',
      blocksScaleIn: true,
      detail: 'CloudWatch refuses to read cpu: Error in expression',
    });
  });

  test('is another one than a rule that does not read it', () => {
    expect(recommend(CPU_HIGH, { ...firing(CPU_HIGH), refused }).kind).toBe('recommends');
    expect(recommend(track, { ...firing(CPU_HIGH), refused: { other: 'no' } }).kind).toBe('blind');
    expect(recommend(track, { ...firing(CPU_HIGH), refused: { other: 'no' } }).reason).toBe(
      'MissingData',
    );
  });
});

describe('the line of the trace', () => {
  test('has the capacity that a rule asks for', () => {
    expect(traceOfRecommendation(recommend(CPU_HIGH, firing(CPU_HIGH)))).toEqual({
      stage: 'rule',
      subject: 'cpu-high',
      verdict: 'recommend',
      reason: 'ThresholdMet',
      detail: 'cpu > 70 for 5m (in ALARM for 12 s): add 2 to 4 makes 6',
      capacity: 6,
    });
  });

  test('has none for a rule without a wish', () => {
    expect(traceOfRecommendation(recommend(CPU_HIGH, anObservation()))).toEqual({
      stage: 'rule',
      subject: 'cpu-high',
      verdict: 'abstain',
      reason: 'ThresholdNotMet',
      detail: 'cpu > 70 for 5m is not met',
    });
  });
});
