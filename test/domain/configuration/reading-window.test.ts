import { describe, expect, test } from '@jest/globals';
import type { Metric, StatMetric } from '#domain/configuration/metric.ts';
import { readingWindow, settleSeconds } from '#domain/configuration/reading-window.ts';
import { minutes, NOON, seconds } from '#test/support/builders.ts';
import { CPU } from '#test/support/readings.ts';

const stat = (statistic: string, periodSeconds: number): StatMetric => ({
  ...CPU,
  statistic,
  periodSeconds,
});

const windowOf = (periodSeconds: number, lookbackSeconds: number, now = NOON) =>
  readingWindow({ metric: stat('Average', periodSeconds), lookbackSeconds }, now);

describe('the time until a period is whole', () => {
  const told = (wholeAfterSeconds: number, statistic = 'Sum') => ({
    ...stat(statistic, 60),
    wholeAfterSeconds,
  });
  const math = (...used: readonly StatMetric[]): Metric => ({
    kind: 'math',
    expression: 'a',
    uses: Object.fromEntries(used.map((each, index) => [`m${index}`, each])),
    periodSeconds: 60,
  });

  test.each<Readonly<{ title: string; metric: Metric; seconds: number }>>([
    { title: 'a mean of a minute', metric: stat('Average', 60), seconds: 0 },
    { title: 'a mean of five minutes', metric: stat('Average', 300), seconds: 180 },
    { title: 'a total', metric: stat('Sum', 60), seconds: 180 },
    { title: 'a total that is said to be quick', metric: told(60), seconds: 60 },
    { title: 'a total that is there at once', metric: told(0), seconds: 0 },
    { title: 'a total that is said to be slow', metric: told(600), seconds: 600 },
    { title: 'a mean that is said to be slow', metric: told(300, 'Average'), seconds: 300 },
    { title: 'an expression over both', metric: math(told(60), told(600)), seconds: 600 },
    {
      title: 'an expression of which one is not said',
      metric: math(told(60), stat('Sum', 60)),
      seconds: 180,
    },
    { title: 'an expression over quick ones', metric: math(told(60), told(30)), seconds: 60 },
    { title: 'an expression over a search', metric: math(), seconds: 180 },
    {
      title: 'a query',
      metric: { kind: 'query', query: 'SELECT SUM(A) FROM B', periodSeconds: 60 },
      seconds: 180,
    },
  ])('of $title is $seconds s', ({ metric, seconds: expected }) => {
    expect(settleSeconds(metric)).toBe(expected);
  });
});

describe('the window of a metric', () => {
  test('lies between multiples of its period', () => {
    expect(windowOf(300, 1_080, NOON + seconds(299))).toEqual({
      from: NOON - minutes(15),
      to: NOON + minutes(5),
      wholeUntil: NOON + seconds(299 - 180),
    });
    expect(windowOf(300, 1_080, NOON + seconds(300))).toEqual({
      from: NOON - minutes(15),
      to: NOON + minutes(5),
      wholeUntil: NOON + seconds(120),
    });
  });

  test('is a period long at the least', () => {
    expect(windowOf(60, 0)).toEqual({ from: NOON - minutes(1), to: NOON, wholeUntil: NOON });
  });

  test.each([
    { periodSeconds: 10, hours: 3 },
    { periodSeconds: 60, hours: 15 * 24 },
    { periodSeconds: 120, hours: 15 * 24 },
    { periodSeconds: 300, hours: 63 * 24 },
    { periodSeconds: 3_600, hours: 455 * 24 },
  ])(
    'of $periodSeconds s begins within the $hours hours that CloudWatch keeps',
    ({ periodSeconds, hours }) => {
      const now = NOON + seconds(7);
      const kept = now - minutes(60 * hours);
      const { from } = windowOf(periodSeconds, 500 * 86_400, now);

      expect(from % seconds(periodSeconds)).toBe(0);
      expect(from).toBeGreaterThanOrEqual(kept + minutes(1));
      expect(from).toBeLessThan(kept + minutes(1) + seconds(periodSeconds));
    },
  );
});

describe('a value', () => {
  const math: Metric = { kind: 'math', expression: 'a / b', uses: {}, periodSeconds: 60 };

  test.each<Readonly<{ metric: Metric; settles: number }>>([
    { metric: stat('Average', 60), settles: 0 },
    { metric: stat('Maximum', 10), settles: 0 },
    { metric: stat('p99', 60), settles: 0 },
    { metric: stat('Average', 120), settles: 180 },
    { metric: stat('Sum', 60), settles: 180 },
    { metric: stat('Sum', 10), settles: 180 },
    { metric: stat('SampleCount', 60), settles: 180 },
    { metric: stat('TC(0.1:0.5)', 60), settles: 180 },
    { metric: stat('ts99', 60), settles: 180 },
    { metric: stat('tm99', 60), settles: 0 },
    { metric: math, settles: 180 },
  ])('settles after $settles s: $metric.statistic over $metric.periodSeconds s', (each) => {
    expect(settleSeconds(each.metric)).toBe(each.settles);
  });
});
