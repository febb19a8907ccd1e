import { describe, expect, test } from '@jest/globals';
import {
  billFor,
  countsFor,
  functionForEach,
  monthOf,
  sharesOf,
  targetTracking,
} from '#simulator/cost/month.ts';
import { type Counts, dollarsOf, ITEMS } from '#simulator/cost/prices.ts';

const countsOf = (some: Partial<Counts>): Counts => ({
  ...(Object.fromEntries(ITEMS.map((item) => [item, 0])) as Counts),
  ...some,
});

/** A day: one sweep a minute reads a page of alarms, and each of ten groups reads two metrics. */
const MONTH = monthOf({
  empty: countsOf({ alarmCalls: 1_440 }),
  some: countsOf({ alarmCalls: 1_440, metricsRead: 28_800 }),
  groups: 10,
  minutes: 1_440,
});

describe('the month of a deployment', () => {
  test('has what is done once for all, and what is done for each group', () => {
    expect(MONTH).toEqual({
      fixed: countsOf({ alarmCalls: 43_200 }),
      each: countsOf({ metricsRead: 86_400 }),
    });
    expect(countsFor(MONTH, 1_000)).toEqual(
      countsOf({ alarmCalls: 43_200, metricsRead: 86_400_000 }),
    );
  });

  test('is charged by the list, and each alarm of a rule beside', () => {
    const { counted, alarms, together } = billFor(MONTH, 1_000, 2);

    expect(counted).toBeCloseTo(864.432, 9);
    expect(alarms).toBeCloseTo(200, 9);
    expect(together).toBeCloseTo(1_064.432, 9);
  });

  test('shows for what one more group is charged, the largest first', () => {
    const month = { ...MONTH, each: countsOf({ logBytes: 1e9, metricsRead: 86_400 }) };

    expect(sharesOf(month).map(([item]) => item)).toEqual(['metricsRead', 'logBytes']);
    expect(sharesOf(month).map(([, dollars]) => Number(dollars.toFixed(3)))).toEqual([0.864, 0.5]);
  });

  test.each([
    { counts: { metricsRead: 1_000 }, dollars: 0.01 },
    { counts: { readUnits: 1_000_000 }, dollars: 0.125 },
    { counts: { writeUnits: 1_000_000, published: 1_000_000 }, dollars: 1.125 },
    { counts: { gigabyteSeconds: 1 }, dollars: 0.000_013_333_4 },
    { counts: {}, dollars: 0 },
  ])('charges $dollars for $counts', ({ counts, dollars }) => {
    expect(dollarsOf(countsOf(counts))).toBeCloseTo(dollars, 12);
  });
});

describe('what others cost', () => {
  test('is two alarms for each policy of target tracking', () => {
    expect(targetTracking(1_000, 2)).toBeCloseTo(400, 9);
  });

  test('is mostly what it reads for a function that looks after one group', () => {
    const reading = functionForEach(1, 2) - functionForEach(1, 0);

    expect(reading).toBeCloseTo(0.864, 9);
    expect(functionForEach(10, 2)).toBeCloseTo(10 * functionForEach(1, 2), 9);
  });
});
