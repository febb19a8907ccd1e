import { describe, expect, test } from '@jest/globals';
import { isGrowing } from '#domain/configuration/growing-metric.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import { CPU, REQUESTS } from '#test/support/readings.ts';

const math = (expression: string, statistic = 'Sum'): Metric => ({
  kind: 'math',
  expression,
  uses: { a: { ...REQUESTS, statistic }, b: REQUESTS },
  periodSeconds: 60,
});

describe('a metric that only grows while its data arrive', () => {
  test.each(['Sum', 'SampleCount', 'TC(1:2)', 'TS(1:2)'])('is a %s', (statistic) => {
    expect(isGrowing({ ...REQUESTS, statistic })).toBe(true);
  });

  test.each(['Average', 'Maximum', 'Minimum', 'p99', 'PR(1:2)'])('is no %s', (statistic) => {
    expect(isGrowing({ ...CPU, statistic })).toBe(false);
  });

  test.each([
    'a + b',
    '2 * (a + b)',
    'SUM([a, b])',
    'max([a, b])',
    'a / 60',
    'a / 0.5 + b',
    'a / PERIOD(a)',
    'FILL(a, 0) + FILL( b , 0 )',
  ])('is the expression %s of totals', (expression) => {
    expect(isGrowing(math(expression))).toBe(true);
  });

  test.each([
    'a - b',
    '-a',
    'a / b',
    'a / (b + 1)',
    'a / 60x',
    'MIN([a, b])',
    'FILL(a, 5) + b',
    'FILL(a, REPEAT)',
    'IF(a > 10, b, a)',
    'a < 10',
    'RATE(a)',
    'SUM(METRICS())',
    '10 / a',
    '1e-3 * a',
  ])('is not the expression %s', (expression) => {
    expect(isGrowing(math(expression))).toBe(false);
  });

  test('is no expression over a mean, and no query', () => {
    expect(isGrowing(math('a + b', 'Average'))).toBe(false);
    expect(isGrowing({ kind: 'query', query: 'SELECT SUM(a) FROM b', periodSeconds: 60 })).toBe(
      false,
    );
  });
});
