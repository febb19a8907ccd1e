import { describe, expect, test } from '@jest/globals';
import { watchedAlarm } from '#domain/capacity/watched-alarm.ts';
import type { StatMetric } from '#domain/configuration/metric.ts';
import type { Condition } from '#domain/configuration/rule-parts.ts';
import { minutes, NOON } from '#test/support/builders.ts';

const METRIC: StatMetric = {
  kind: 'stat',
  namespace: 'AWS/EC2',
  metricName: 'CPUUtilization',
  dimensions: {},
  statistic: 'Average',
  periodSeconds: 60,
};

const CONDITION: Condition = {
  text: 'cpu > 70 for 2m of 3m',
  metric: 'cpu',
  comparison: '>',
  threshold: 70,
  datapoints: 2,
  periods: 3,
};

/** Values of the minutes before noon, the newest first; a hole is a minute without data. */
const alarmOf = (
  values: readonly (number | undefined)[],
  { condition = CONDITION, agoMinutes = 1 } = {},
) => {
  const recent = values.flatMap((value, index) =>
    value === undefined ? [] : [{ value, at: NOON - minutes(agoMinutes + index) }],
  );
  return watchedAlarm(condition, { metric: METRIC, recent }, NOON);
};

describe('a condition is in ALARM', () => {
  test('while enough of the last periods are beyond the threshold', () => {
    expect(alarmOf([71, 69, 71, 0])).toEqual({
      name: 'cpu > 70 for 2m of 3m',
      arn: '',
      state: 'ALARM',
      since: NOON,
      actionsEnabled: true,
      isEvaluated: true,
      reason: '2 of the last 3 periods of cpu are beyond 70; 2 are asked for',
    });
  });

  test.each([
    { title: 'too few are', values: [71, 69, 69, 71], state: 'OK' },
    { title: 'one of them is before the window', values: [71, 69, 69, 99, 99], state: 'OK' },
    { title: 'a period without data is none', values: [71, undefined, undefined], state: 'OK' },
    { title: 'holes are left out', values: [71, undefined, 71], state: 'ALARM' },
    { title: 'there is no data', values: [], state: 'INSUFFICIENT_DATA' },
  ])('or not: $title', ({ values, state }) => {
    expect(alarmOf(values).state).toBe(state);
  });

  test.each([
    ['>', 70, 'OK'],
    ['>', 70.1, 'ALARM'],
    ['>=', 70, 'ALARM'],
    ['>=', 69.9, 'OK'],
    ['<', 70, 'OK'],
    ['<', 69.9, 'ALARM'],
    ['<=', 70, 'ALARM'],
    ['<=', 70.1, 'OK'],
  ] as const)('%s 70 with %d: %s', (comparison, value, state) => {
    const condition = { ...CONDITION, comparison, datapoints: 1, periods: 1 };
    expect(alarmOf([value], { condition }).state).toBe(state);
  });
});

test.each([
  { agoMinutes: 4, state: 'ALARM' },
  { agoMinutes: 5, state: 'INSUFFICIENT_DATA' },
])('data that end $agoMinutes minutes ago: $state', ({ agoMinutes, state }) => {
  expect(alarmOf([71, 71, 71], { agoMinutes }).state).toBe(state);
});

test('what is too old says so, and since now', () => {
  expect(alarmOf([71, 71], { agoMinutes: 5 })).toMatchObject({
    since: NOON,
    reason: 'cpu has no datapoint that is new enough',
  });
});
