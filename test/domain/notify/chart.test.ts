import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Chart, shortNumber, sparkline } from '#domain/notify/chart.ts';

const aChart = (values: readonly number[], overrides: Partial<Chart> = {}): Chart => ({
  title: 'cpu',
  points: values.map((value, index) => ({ at: index * 60_000, value })),
  ...overrides,
});

const barsIn = (line: string): string => line.replace(/[^▁▂▃▄▅▆▇█]/gu, '');

describe('a chart in a line', () => {
  test.each<[string, Chart, string]>([
    [
      'tells the way from the first to the last value, and the threshold',
      aChart([41, 50, 55, 66, 78, 87], { threshold: 70 }),
      'cpu ▁▂▃▅▇█ 41 → 87 (threshold 70)',
    ],
    ['does without a threshold', aChart([1, 2, 3]), 'cpu ▁▅█ 1 → 3'],
    ['tells a single value once', aChart([5], { threshold: 10 }), 'cpu ▁ 5 (threshold 10)'],
    [
      'keeps low below a high threshold',
      aChart([1, 2], { threshold: 100 }),
      'cpu ▁▁ 1 → 2 (threshold 100)',
    ],
    [
      'keeps high above a low one',
      aChart([99, 100], { threshold: 0 }),
      'cpu ██ 99 → 100 (threshold 0)',
    ],
    ['keeps to the middle where nothing changes', aChart([7, 7, 7]), 'cpu ▄▄▄ 7 → 7'],
    ['goes below zero', aChart([-10, 0, 10]), 'cpu ▁▅█ -10 → 10'],
    [
      'spans all numbers that there are',
      aChart([-Number.MAX_VALUE, 0, Number.MAX_VALUE]),
      'cpu ▁▅█ -1.8e308 → 1.8e308',
    ],
    ['parts the smallest numbers', aChart([0, Number.MIN_VALUE]), 'cpu ▁█ 0 → 5e-324'],
    [
      'leaves out what is no number',
      aChart([Number.NaN, 1, Number.POSITIVE_INFINITY, 2, Number.NEGATIVE_INFINITY], {
        threshold: Number.NaN,
      }),
      'cpu ▁█ 1 → 2',
    ],
    ['is empty without values', aChart([], { threshold: 70 }), ''],
    ['is empty without numbers', aChart([Number.NaN]), ''],
    [
      'stays a line when its formula has several',
      aChart([1, 2], { title: ' sum(a)\n  / b\t' }),
      'sum(a) / b ▁█ 1 → 2',
    ],
    ['may lack a title', aChart([1, 2], { title: '' }), '▁█ 1 → 2'],
  ])('%s', (_title, chart, line) => {
    expect(sparkline(chart)).toBe(line);
  });

  test('has a bar for each of 24 values, and no more for 25', () => {
    const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

    expect(barsIn(sparkline(aChart(upTo(23))))).toHaveLength(23);
    expect(barsIn(sparkline(aChart(upTo(24))))).toHaveLength(24);
    expect(barsIn(sparkline(aChart(upTo(25))))).toHaveLength(24);
  });

  test('shows a peak however many values are around it', () => {
    const values = Array.from({ length: 240 }, (_, index) => (index === 125 ? 9 : 1));
    expect(barsIn(sparkline(aChart(values)))).toBe(`${'▁'.repeat(12)}█${'▁'.repeat(11)}`);
  });

  test('never throws, has at most 24 bars, and is one line', () => {
    const anything = fc.double();
    const points = fc.array(fc.record({ at: anything, value: anything }), { maxLength: 300 });

    fc.assert(
      fc.property(points, fc.option(anything), fc.lorem(), (values, threshold, title) => {
        const limit = threshold === null ? {} : { threshold };
        const line = sparkline({ title, points: values, ...limit });
        const numbers = values.filter(({ value }) => Number.isFinite(value));

        expect(barsIn(line)).toHaveLength(Math.min(24, numbers.length));
        expect(line).not.toMatch(/NaN|Infinity|undefined|\n/);
      }),
    );
  });
});

test.each([
  [0, '0'],
  [-0, '0'],
  [87, '87'],
  [0.123456, '0.123'],
  [41.96, '42'],
  [999.4, '999'],
  [999.5, '1k'],
  [1_000, '1k'],
  [-1_234, '-1.23k'],
  [12_345, '12.3k'],
  [999_499, '999k'],
  [999_500, '1M'],
  [4_500_000, '4.5M'],
  [7e9, '7G'],
  [9.994e14, '999T'],
  [9.995e14, '1e15'],
  [6.02e23, '6.02e23'],
  [-1e300, '-1e300'],
  [0.000_000_12, '1.2e-7'],
])('%d is written as %s', (value, text) => {
  expect(shortNumber(value)).toBe(text);
});
