import { describe, expect, test } from '@jest/globals';
import type { StatMetric } from '#domain/configuration/metric.ts';
import type { Condition } from '#domain/configuration/rule-parts.ts';
import type { AlarmState } from '#domain/observed/alarm.ts';
import { evaluateAlarm } from '#simulator/services/cloud-watch/evaluate-alarm.ts';
import { evaluateMath } from '#simulator/services/cloud-watch/metric-math.ts';
import { createMetrics } from '#simulator/services/cloud-watch/metrics.ts';
import { minutes, NOON } from '#test/support/builders.ts';

const twoOfThree: Condition = {
  text: 'cpu > 70 for 2m of 3m',
  metric: 'cpu',
  comparison: '>',
  threshold: 70,
  datapoints: 2,
  periods: 3,
};

describe('an alarm of two of three periods', () => {
  test.each<{ values: readonly (number | undefined)[]; before: AlarmState; after: AlarmState }>([
    { values: [70, 71, 71], before: 'OK', after: 'ALARM' },
    { values: [71, 70, 71], before: 'OK', after: 'ALARM' },
    { values: [71, 70, 70], before: 'ALARM', after: 'OK' },
    { values: [71, 71, 71, 70, 70], before: 'ALARM', after: 'OK' },
    { values: [71, undefined, 71], before: 'OK', after: 'ALARM' },
    { values: [undefined, undefined, 71], before: 'OK', after: 'OK' },
    { values: [undefined, undefined, 71], before: 'ALARM', after: 'ALARM' },
    { values: [undefined, 70, 70], before: 'ALARM', after: 'OK' },
    { values: [undefined, undefined, undefined], before: 'ALARM', after: 'INSUFFICIENT_DATA' },
    { values: [undefined, undefined, 1], before: 'INSUFFICIENT_DATA', after: 'OK' },
    { values: [71, 71, undefined, undefined, 71], before: 'OK', after: 'ALARM' },
  ])('sees $values while $before: $after', ({ values, before, after }) => {
    expect(evaluateAlarm(twoOfThree, values, before)).toBe(after);
  });

  test.each([
    { comparison: '>', value: 70, state: 'OK' },
    { comparison: '>=', value: 70, state: 'ALARM' },
    { comparison: '<', value: 70, state: 'OK' },
    { comparison: '<=', value: 70, state: 'ALARM' },
    { comparison: '<', value: 69, state: 'ALARM' },
  ] as const)('compares $value $comparison 70: $state', ({ comparison, value, state }) => {
    expect(evaluateAlarm({ ...twoOfThree, comparison }, [value, value, value], 'OK')).toBe(state);
  });
});

const cpu: StatMetric = {
  kind: 'stat',
  namespace: 'AWS/EC2',
  metricName: 'CPUUtilization',
  periodSeconds: 60,
  dimensions: { AutoScalingGroupName: 'web-prod' },
  statistic: 'Average',
};

describe('metrics', () => {
  const filled = () => {
    const metrics = createMetrics();
    for (const minute of [0, 1, 2, 3, 4]) {
      metrics.put(cpu, NOON + minutes(minute), { Average: minute, Sum: minute, Maximum: minute });
    }
    return metrics;
  };

  test('are visible a minute after their period has ended', () => {
    expect(filled().read(cpu, 2, NOON + minutes(3) - 1)).toEqual([undefined, 0]);
    expect(filled().read(cpu, 2, NOON + minutes(3))).toEqual([0, 1]);
  });

  test.each([
    { statistic: 'Average', value: 1 },
    { statistic: 'Sum', value: 3 },
    { statistic: 'Maximum', value: 2 },
  ])('of several minutes are one $statistic', ({ statistic, value }) => {
    const coarse = { ...cpu, statistic, periodSeconds: 180 };

    expect(filled().read(coarse, 1, NOON + minutes(4))).toEqual([value]);
  });

  test('that nobody put are missing', () => {
    const other = { ...cpu, dimensions: { AutoScalingGroupName: 'other' } };

    expect(filled().read(other, 2, NOON + minutes(4))).toEqual([undefined, undefined]);
  });
});

describe('metric math', () => {
  const names = { requests: 200, errors: 3, none: undefined };

  test.each([
    { expression: '1 + 2 * 3', value: 7 },
    { expression: '(1 + 2) * 3', value: 9 },
    { expression: '8 / 2 / 2', value: 2 },
    { expression: '-requests + 1', value: -199 },
    { expression: 'IF(requests, 100*errors/requests, 0)', value: 1.5 },
    { expression: 'IF(requests < 30 AND errors < 400, 1, 0)', value: 0 },
    { expression: 'IF(requests < 30 OR errors < 400, 1, 0)', value: 1 },
    { expression: 'requests == 200', value: 1 },
    { expression: 'requests != 200', value: 0 },
    { expression: 'errors >= 3', value: 1 },
    { expression: 'none + 1', value: undefined },
    { expression: 'IF(none, 1, 2)', value: undefined },
    { expression: 'errors / 0', value: undefined },
  ])('$expression is $value', ({ expression, value }) => {
    expect(evaluateMath(expression, names)).toBe(value);
  });

  test('fills a missing datapoint, and no other', () => {
    const values = { there: 4, gone: undefined };
    expect(evaluateMath('FILL(gone, 2) + 1', values)).toBe(3);
    expect(evaluateMath('FILL(there, 2) + 1', values)).toBe(5);
    expect(evaluateMath('FILL(there + gone, 0)', values)).toBe(0);
  });

  test.each([
    {
      expression: 'ANOMALY_DETECTION_BAND(errors)',
      error: '"ANOMALY_DETECTION_BAND" is not known',
    },
    { expression: '1 +', error: 'is not known here' },
    { expression: '1 ? 2', error: 'cannot read' },
    { expression: '(1', error: 'expected ")"' },
    { expression: '1 2', error: '"2" was not expected here' },
    { expression: '1 constructor 2', error: '"constructor" was not expected here' },
  ])('$expression is refused with its place', ({ expression, error }) => {
    expect(() => evaluateMath(expression, names)).toThrow(error);
  });

  test.each([
    ['brackets', '('.repeat(200_000)],
    ['brackets that end', `${'('.repeat(100_000)}1${')'.repeat(100_000)}`],
    ['signs and brackets', '-('.repeat(100_000)],
    ['choices', 'IF('.repeat(100_000)],
  ])('nested %s are refused, however many', (_, expression) => {
    expect(() => evaluateMath(expression, names)).toThrow('nests more than 100 levels deep');
  });

  test('any number of signs, of terms and of spaces is read in linear time', () => {
    expect(evaluateMath(`${'-'.repeat(200_001)}1`, {})).toBe(-1);
    expect(evaluateMath(`1${' + 1'.repeat(200_000)}`, {})).toBe(200_001);
    expect(evaluateMath(`1${' '.repeat(1_000_000)}`, {})).toBe(1);
    expect(evaluateMath(`${'('.repeat(100)}1${')'.repeat(100)}`, {})).toBe(1);
  });
});
