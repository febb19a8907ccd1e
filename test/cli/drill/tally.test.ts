import { describe, expect, test } from '@jest/globals';
import {
  figuresOf,
  isFailed,
  isOverwhelmed,
  resultsOf,
  type Sample,
  samplesSince,
} from '#cli/drill/load/tally.ts';

/** So many answers, one each second from 1 s on, of which the first ones failed. */
const answers = (count: number, failed: number, result = '503'): readonly Sample[] =>
  Array.from({ length: count }, (_, index) => ({
    endedAt: (index + 1) * 1_000,
    ms: index + 1,
    result: index < failed ? result : '200',
  }));

test.each([
  ['200', false],
  ['204', false],
  ['304', false],
  ['399', false],
  ['400', true],
  ['429', true],
  ['500', true],
  ['ECONNREFUSED', true],
  ['no answer within 10 s', true],
  ['no connection was free', true],
])('a request with the result %s has failed: %s', (result, failed) => {
  expect(isFailed({ result })).toBe(failed);
});

describe('figures', () => {
  test('take times of what did not fail, which are values that were seen', () => {
    expect(figuresOf(answers(100, 0))).toEqual({ failedPercent: 0, p50: 50, p95: 95, p99: 99 });
    expect(figuresOf(answers(4, 3))).toEqual({ failedPercent: 75, p50: 4, p95: 4, p99: 4 });
  });

  test('have no times where all failed, and nothing at all where nothing ended', () => {
    expect(figuresOf(answers(3, 3))).toEqual({ failedPercent: 100 });
    expect(figuresOf([])).toEqual({});
  });
});

test('the results are counted, the most frequent first', () => {
  const samples = [...answers(2, 2, '502'), ...answers(5, 2, 'ECONNRESET')];

  expect(Object.entries(resultsOf(samples))).toEqual([
    ['200', 3],
    ['502', 2],
    ['ECONNRESET', 2],
  ]);
});

test.each([
  { since: 0, count: 5 },
  { since: 3_000, count: 3 },
  { since: 3_001, count: 2 },
  { since: 9_000, count: 0 },
])('of five samples $count ended since $since ms', ({ since, count }) => {
  expect(samplesSince(answers(5, 0), since)).toHaveLength(count);
});

describe('a load stops to protect its target', () => {
  const overwhelmed = (samples: readonly Sample[], now: number) =>
    isOverwhelmed(samples, { startedAt: 0, now });

  test.each([
    { title: 'more than half failed for a minute', failed: 31, now: 60_000, stops: true },
    { title: 'half failed', failed: 30, now: 60_000, stops: false },
    { title: 'it has not lasted for a minute', failed: 60, now: 59_999, stops: false },
  ])('$title: $stops', ({ failed, now, stops }) => {
    expect(overwhelmed(answers(60, failed), now)).toBe(stops);
  });

  test.each([
    { count: 19, stops: false },
    { count: 20, stops: true },
  ])('when there are requests enough to tell: $count, $stops', ({ count, stops }) => {
    expect(overwhelmed(answers(count, count), 60_000)).toBe(stops);
  });

  test('and forgets what failed before the last minute', () => {
    expect(overwhelmed(answers(120, 60), 120_000)).toBe(false);
    expect(overwhelmed(answers(120, 120), 120_000)).toBe(true);
  });
});
