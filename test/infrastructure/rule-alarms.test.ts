import { describe, expect, test } from '@jest/globals';
import type { Metric } from '#domain/configuration/metric.ts';
import type { Comparison } from '#domain/configuration/rule-parts.ts';
import { ruleAlarms } from '#infrastructure/rule-alarms.ts';
import { aGroup, anAlarmRule, aRule, CPU_HIGH } from '#test/support/builders.ts';
import { CPU } from '#test/support/readings.ts';

const alarmFor = (metric: Metric, rule = CPU_HIGH): Readonly<Record<string, unknown>> => {
  const [alarm] = Object.values(ruleAlarms(aGroup({ metrics: { cpu: metric }, rules: [rule] })));
  return alarm!.Properties;
};

const withCondition = (change: Partial<{ comparison: Comparison; text: string }>) => {
  const { alarm } = CPU_HIGH;
  if (alarm.kind !== 'generated') throw new Error('the rule has no condition');
  return aRule({ alarm: { ...alarm, condition: { ...alarm.condition, ...change } } });
};

describe('the alarm of a rule', () => {
  test('says what the rule says', () => {
    expect(alarmFor(CPU)).toEqual({
      AlarmName: 'tidegate-dev-web-cpu-high',
      AlarmDescription:
        'While cpu > 70 for 5m, the rule cpu-high of the group web wants: add 2. Tidegate manages this alarm; edit tidegate.yml instead.',
      Namespace: 'AWS/EC2',
      MetricName: 'CPUUtilization',
      Dimensions: [{ Name: 'AutoScalingGroupName', Value: 'web-prod' }],
      Period: 60,
      Statistic: 'Average',
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 70,
      EvaluationPeriods: 5,
      DatapointsToAlarm: 5,
      TreatMissingData: 'missing',
      AlarmActions: [{ Ref: 'AlarmTopic' }],
      OKActions: [{ Ref: 'AlarmTopic' }],
    });
  });

  test.each([
    { comparison: '>', operator: 'GreaterThanThreshold' },
    { comparison: '>=', operator: 'GreaterThanOrEqualToThreshold' },
    { comparison: '<', operator: 'LessThanThreshold' },
    { comparison: '<=', operator: 'LessThanOrEqualToThreshold' },
  ] as const)('$comparison is $operator', ({ comparison, operator }) => {
    const { ComparisonOperator } = alarmFor(CPU, withCondition({ comparison }));

    expect(ComparisonOperator).toBe(operator);
  });

  test.each([
    { statistic: 'Sum', expected: { Statistic: 'Sum' } },
    { statistic: 'SampleCount', expected: { Statistic: 'SampleCount' } },
    { statistic: 'p99.9', expected: { ExtendedStatistic: 'p99.9' } },
    { statistic: 'TM(10%:90%)', expected: { ExtendedStatistic: 'TM(10%:90%)' } },
  ])('$statistic stands in the field that CloudWatch has for it', ({ statistic, expected }) => {
    const { Statistic, ExtendedStatistic } = alarmFor({ ...CPU, statistic });
    const found = { Statistic, ExtendedStatistic };

    expect(JSON.parse(JSON.stringify(found))).toEqual(expected);
  });

  test('an expression returns its own value, not those of its metrics', () => {
    const errors = { ...CPU, metricName: 'Errors', statistic: 'Sum' };
    const alarm = alarmFor({
      kind: 'math',
      expression: 'IF(requests, errors, 0)',
      uses: { errors, requests: CPU },
      periodSeconds: 60,
    });

    expect(alarm).not.toHaveProperty('Period');
    expect(alarm.Metrics).toEqual([
      {
        Id: 'errors',
        MetricStat: {
          Metric: {
            Namespace: 'AWS/EC2',
            MetricName: 'Errors',
            Dimensions: [{ Name: 'AutoScalingGroupName', Value: 'web-prod' }],
          },
          Period: 60,
          Stat: 'Sum',
        },
        ReturnData: false,
      },
      {
        Id: 'requests',
        MetricStat: {
          Metric: {
            Namespace: 'AWS/EC2',
            MetricName: 'CPUUtilization',
            Dimensions: [{ Name: 'AutoScalingGroupName', Value: 'web-prod' }],
          },
          Period: 60,
          Stat: 'Average',
        },
        ReturnData: false,
      },
      { Id: 'result', Expression: 'IF(requests, errors, 0)', ReturnData: true },
    ]);
  });

  test('a query is asked with its period', () => {
    const query = 'SELECT MAX(CPUUtilization) FROM "AWS/EC2"';
    const alarm = alarmFor({ kind: 'query', query, periodSeconds: 300 });

    expect(alarm).not.toHaveProperty('Period');
    expect(alarm.Metrics).toEqual([
      { Id: 'result', Expression: query, Period: 300, ReturnData: true },
    ]);
  });

  test('a metric of another account is named with it', () => {
    const alarm = alarmFor({ ...CPU, account: '210987654321' });

    expect(alarm).not.toHaveProperty('MetricName');
    expect(alarm.Metrics).toEqual([
      {
        Id: 'result',
        AccountId: '210987654321',
        MetricStat: {
          Metric: {
            Namespace: 'AWS/EC2',
            MetricName: 'CPUUtilization',
            Dimensions: [{ Name: 'AutoScalingGroupName', Value: 'web-prod' }],
          },
          Period: 60,
          Stat: 'Average',
        },
        ReturnData: true,
      },
    ]);
  });

  test('the id of an expression is one that its metrics leave free', () => {
    const { Metrics } = alarmFor({
      kind: 'math',
      expression: 'result + result_',
      uses: { result: CPU, result_: CPU },
      periodSeconds: 60,
    });

    expect((Metrics as { Id: string }[]).map(({ Id }) => Id)).toEqual([
      'result',
      'result_',
      'result__',
    ]);
  });

  test('a long description ends where CloudWatch ends it', () => {
    const { AlarmDescription } = alarmFor(CPU, withCondition({ text: 'x'.repeat(2_000) }));

    expect(AlarmDescription).toHaveLength(1_024);
  });
});

describe('the alarms of a group', () => {
  test('leave alone what operators already have', () => {
    expect(ruleAlarms(aGroup({ rules: [anAlarmRule('web-latency-high')] }))).toEqual({});
  });

  test('are told apart although their names differ in a hyphen only', () => {
    const group = aGroup({
      metrics: { cpu: CPU },
      rules: [aRule({ name: 'cpu-1' }), aRule({ name: 'cpu1' })],
    });

    expect(Object.keys(ruleAlarms(group))).toEqual([
      'RuleAlarmWebCpu1d1830e40',
      'RuleAlarmWebCpu1dc5d7cf6',
    ]);
  });

  test('cannot be made from a metric that is not there', () => {
    expect(() => ruleAlarms(aGroup({ metrics: {} }))).toThrow(
      'the group web has no metric named cpu',
    );
  });
});
