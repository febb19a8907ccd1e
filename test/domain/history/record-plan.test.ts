import { describe, expect, test } from '@jest/globals';
import { missingSpans, periodFor, planCalls } from '#domain/history/record-plan.ts';
import { minutes, NOON } from '#test/support/builders.ts';

const span = (from: number, to: number) => ({
  from: NOON + minutes(from),
  to: NOON + minutes(to),
});
const DAY = 86_400;

describe('the period of datapoints', () => {
  test.each([
    [15, 60],
    [15.001, 300],
    [63, 300],
    [63.001, 3_600],
    [455, 3_600],
    [455.001, undefined],
  ])('that are %s days old is %s', (days, period) => {
    expect(periodFor(days * DAY)).toBe(period);
  });
});

describe('what a history lacks of a time', () => {
  test.each([
    ['all of it', undefined, [span(0, 10)]],
    ['nothing', span(0, 10), []],
    ['nothing, and has more', span(-5, 15), []],
    ['the end', span(0, 6), [span(6, 10)]],
    ['the end, where it meets the begin', span(-5, 0), [span(0, 10)]],
    ['the begin', span(4, 10), [span(0, 4)]],
    ['both ends', span(4, 6), [span(0, 4), span(6, 10)]],
    ['all of it, where it ended before', span(-5, -1), [span(0, 10)]],
    ['all of it, where it began after', span(11, 12), [span(0, 10)]],
  ])('is %s', (_what, have, missing) => {
    expect(missingSpans(have, span(0, 10))).toEqual(missing);
  });
});

describe('calls', () => {
  const plan = (fetches: readonly [string, number, ReturnType<typeof span>][]) =>
    planCalls(
      fetches.map(([what, metrics, each]) => ({ what, metrics, span: each })),
      60,
    );
  const all = span(0, 14 * 1_440);

  test('are shared by what is wanted over the same time', () => {
    expect(
      plan([
        ['cpu', 1, span(0, 10)],
        ['requests', 2, span(0, 10)],
      ]),
    ).toEqual([{ span: span(0, 10), whats: ['cpu', 'requests'] }]);
  });

  test('are as many as there are spans, the earliest first', () => {
    expect(
      plan([
        ['cpu', 1, span(5, 10)],
        ['cpu', 1, span(0, 2)],
      ]),
    ).toEqual([
      { span: span(0, 2), whats: ['cpu'] },
      { span: span(5, 10), whats: ['cpu'] },
    ]);
  });

  test('take as much time as fits on a page of 100,800 datapoints', () => {
    expect(plan([['a', 5, all]])).toEqual([{ span: all, whats: ['a'] }]);
    expect(plan([['a', 10, all]])).toEqual([
      { span: span(0, 7 * 1_440), whats: ['a'] },
      { span: span(7 * 1_440, 14 * 1_440), whats: ['a'] },
    ]);
  });

  test('take 500 metrics', () => {
    expect(
      plan([
        ['a', 300, span(0, 1)],
        ['b', 200, span(0, 1)],
      ]),
    ).toHaveLength(1);
    expect(
      plan([
        ['a', 300, span(0, 1)],
        ['b', 201, span(0, 1)],
      ]),
    ).toEqual([
      { span: span(0, 1), whats: ['a'] },
      { span: span(0, 1), whats: ['b'] },
    ]);
  });

  test('are none for nothing', () => {
    expect(plan([])).toEqual([]);
    expect(plan([['a', 0, span(0, 1)]])).toHaveLength(1);
  });
});
