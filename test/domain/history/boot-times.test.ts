import { describe, expect, test } from '@jest/globals';
import { bootTimesOf, startTimesOf } from '#domain/history/boot-times.ts';
import { quantileOfSorted } from '#domain/history/median.ts';
import { NOON } from '#test/support/builders.ts';

const launches = (...seconds: (number | undefined)[]) =>
  seconds.map((bootSeconds) => ({
    startedAt: NOON,
    ...(bootSeconds === undefined ? {} : { bootSeconds }),
  }));

describe('the boot times of a group', () => {
  test('are the distribution of its own launches', () => {
    expect(bootTimesOf(launches(120, 100, undefined, 110, 200, 130))).toEqual({
      launches: 6,
      failed: 1 / 6,
      seconds: [100, 110, 120, 130, 200],
      median: 120,
      p90: 172,
      longest: 200,
    });
  });

  test('take five launches that came to their end', () => {
    expect(bootTimesOf(launches(1, 2, 3, 4, undefined))).toBeUndefined();
    expect(bootTimesOf(launches(1, 2, 3, 4, 5))).toMatchObject({ failed: 0 });
  });
});

describe('starts out of a warm pool', () => {
  const starts = launches(20, 30, 40, 50, 60).map((each) => ({ ...each, isStart: true as const }));

  test('say nothing of how long a new instance boots', () => {
    const boots = launches(120, 100, 110, 200, 130);
    expect(bootTimesOf([...starts, ...boots])).toEqual(bootTimesOf(boots));
    expect(bootTimesOf(starts)).toBeUndefined();
  });

  test('have a distribution of their own', () => {
    expect(startTimesOf([...starts, ...launches(120, 100)])).toMatchObject({
      launches: 5,
      median: 40,
    });
    expect(startTimesOf(starts.slice(1))).toBeUndefined();
  });
});

test('a quantile of nothing is no number', () => {
  expect(quantileOfSorted([], 0.5)).toBeNaN();
  expect(quantileOfSorted([1, 3], 2)).toBe(3);
  expect(quantileOfSorted([1, 3], -1)).toBe(1);
});
