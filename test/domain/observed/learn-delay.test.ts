import { describe, expect, test } from '@jest/globals';
import type { Metric } from '#domain/configuration/metric.ts';
import type { MetricDelay } from '#domain/ledger/metric-delay.ts';
import { askedAtAge, learnDelay } from '#domain/observed/learn-delay.ts';
import { minutes, NOON, seconds } from '#test/support/builders.ts';

const CPU: Metric = {
  kind: 'stat',
  namespace: 'AWS/EC2',
  metricName: 'CPUUtilization',
  dimensions: {},
  statistic: 'Average',
  periodSeconds: 60,
};
const TOTAL: Metric = { ...CPU, statistic: 'Sum' };
/** NOON ends no period of which one in twenty is: the minute before it has the number 19 modulo 20. */
const minuteBefore = (count: number): number => NOON - minutes(count);
/** A look at the newest minute `ended` minutes before NOON, at its age. */
const seen = (age: number, ended = 0, metric = CPU) => ({
  metric,
  newest: minuteBefore(ended + 1),
  now: NOON - minutes(ended) + seconds(age),
});
const delay = (
  absentAt: number,
  thereAt: number,
  more: Partial<MetricDelay> = {},
): MetricDelay => ({
  absentAt,
  thereAt,
  ...more,
});
/** The minute of twenty that is asked for sooner, by how many minutes before NOON it ended. */
const SOONER = Array.from({ length: 20 }, (_, ended) => ended).find(
  (ended) => (minuteBefore(ended + 1) / minutes(1)) % 20 === 0,
) as number;

describe('the first look', () => {
  test.each([
    { age: 25.4, found: delay(0, 26) },
    { age: 60, found: delay(0, 60) },
    { age: 95.2, found: delay(35, 96) },
    { age: 240, found: delay(180, 240) },
  ])('at $age s bounds the delay from both sides', ({ age, found }) => {
    expect(learnDelay(undefined, seen(age))).toEqual(found);
  });

  test('learns nothing of a period that is older than CloudWatch is ever late', () => {
    expect(learnDelay(undefined, seen(241))).toBeUndefined();
    expect(learnDelay(delay(10, 40), seen(241))).toEqual(delay(10, 40));
  });

  test('takes no total before it is whole', () => {
    expect(learnDelay(undefined, seen(200, 0, TOTAL))).toEqual(delay(180, 200));
    expect(learnDelay(undefined, seen(290, 0, TOTAL))).toEqual(delay(230, 290));
    expect(learnDelay(undefined, seen(421, 0, TOTAL))).toBeUndefined();
  });
});

describe('while a delay is being learned', () => {
  const open = delay(10, 50);

  test('a period that is there sooner moves the later bound', () => {
    expect(learnDelay(open, seen(29.5, 1))).toEqual(delay(10, 30));
  });

  test('one that is not there yet moves the sooner bound', () => {
    // The newest ended 92 s ago, so that the one after it is 32 s old and not there.
    expect(learnDelay(open, seen(92, 2))).toEqual(delay(32, 50));
  });

  test('a look that tells nothing new changes nothing', () => {
    expect(learnDelay(open, seen(55, 1))).toBe(open);
    expect(learnDelay(open, seen(8, 1))).toBe(open);
  });

  test('periods are asked for half-way', () => {
    expect(askedAtAge(CPU, open, minuteBefore(1))).toBe(30);
    expect(askedAtAge(CPU, delay(10, 16), minuteBefore(1))).toBe(13);
  });
});

describe('a delay that is known to five seconds', () => {
  const known = delay(20, 25);

  test('is when periods are asked for, and fifteen seconds sooner for one in twenty', () => {
    const ages = Array.from({ length: 20 }, (_, ended) =>
      askedAtAge(CPU, known, minuteBefore(ended + 1)),
    );
    expect(ages.filter((age) => age === 25)).toHaveLength(19);
    expect(ages[SOONER]).toBe(5);
    expect(askedAtAge(CPU, delay(12, 17), minuteBefore(SOONER + 1))).toBe(0);
    // It cannot be shorter.
    expect(askedAtAge(CPU, delay(0, 4), minuteBefore(SOONER + 1))).toBe(4);
    expect(askedAtAge(TOTAL, delay(190, 195), minuteBefore(SOONER + 1))).toBe(180);
  });

  test('stays when a period is there, sooner or in time', () => {
    expect(learnDelay(known, seen(12, SOONER === 3 ? 4 : 3))).toBe(known);
    expect(learnDelay(known, seen(26, SOONER))).toBe(known);
    expect(learnDelay(known, seen(23, SOONER))).toBe(known);
  });

  test('is learned anew when one was there that was asked for sooner', () => {
    expect(learnDelay(known, seen(11.3, SOONER))).toEqual(delay(0, 12));
    expect(learnDelay(known, seen(20, SOONER))).toEqual(delay(0, 20));
  });

  test('notes a period that is not there although it is due', () => {
    const missed = { at: minuteBefore(4), age: 26 };
    expect(learnDelay(known, seen(86, 4))).toEqual({ ...known, missed });
    expect(learnDelay(known, seen(84.9, 4))).toBe(known);
  });

  test('notes the later look at it, and not the sooner one', () => {
    const before = { ...known, missed: { at: minuteBefore(4), age: 40 } };
    expect(learnDelay(before, seen(105, 4))).toEqual({
      ...known,
      missed: { at: minuteBefore(4), age: 45 },
    });
    expect(learnDelay(before, seen(90, 4))).toBe(before);
  });

  test('forgives one late period in ten minutes', () => {
    const missed = { at: minuteBefore(4), age: 40 };
    const look = seen(57, 3);
    expect(learnDelay({ ...known, missed }, look)).toEqual({ ...known, lateAt: look.now });
    const long = { ...known, missed, lateAt: look.now - minutes(10) };
    expect(learnDelay(long, look)).toEqual({ ...known, lateAt: look.now });
  });

  test('is learned anew from the second one', () => {
    const missed = { at: minuteBefore(4), age: 40 };
    const look = seen(56.2, 3);
    const before = { ...known, missed, lateAt: look.now - minutes(10) + 1 };
    expect(learnDelay(before, look)).toEqual(delay(40, 57));
  });

  test('takes a period that never comes for a gap', () => {
    const missed = { at: minuteBefore(4), age: 40 };
    const before = { ...known, missed, lateAt: NOON - minutes(2) };
    expect(learnDelay(before, seen(26, 2))).toBe(before);
  });
});
