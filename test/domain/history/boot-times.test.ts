import { describe, expect, test } from '@jest/globals';
import { bootTimesOf } from '#domain/history/boot-times.ts';
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

test('a quantile of nothing is no number', () => {
  expect(quantileOfSorted([], 0.5)).toBeNaN();
  expect(quantileOfSorted([1, 3], 2)).toBe(3);
  expect(quantileOfSorted([1, 3], -1)).toBe(1);
});
