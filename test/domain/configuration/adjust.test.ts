import { describe, expect, test } from '@jest/globals';
import { adjust } from '#domain/configuration/adjust.ts';
import { describeAdjustment } from '#domain/configuration/describe-adjustment.ts';
import type { Adjustment } from '#domain/configuration/rule-parts.ts';

const add = (amount: number): Adjustment => ({ kind: 'add', amount, unit: 'capacity' });
const addPercent = (amount: number): Adjustment => ({ kind: 'add', amount, unit: 'percent' });
const remove = (amount: number): Adjustment => ({ kind: 'remove', amount, unit: 'capacity' });
const removePercent = (amount: number): Adjustment => ({ kind: 'remove', amount, unit: 'percent' });

describe('adjust', () => {
  test.each([
    { title: 'adds units', adjustment: add(2), capacity: 4, expected: 6 },
    { title: 'removes units', adjustment: remove(1), capacity: 4, expected: 3 },
    { title: 'never goes below zero', adjustment: remove(5), capacity: 4, expected: 0 },
    {
      title: 'sets an exact capacity',
      adjustment: { kind: 'set', capacity: 7 },
      capacity: 4,
      expected: 7,
    },
    {
      title: 'rounds 12.7 % of 100 down to 12',
      adjustment: addPercent(12.7),
      capacity: 100,
      expected: 112,
    },
    {
      title: 'rounds 6.67 removed units to 6',
      adjustment: removePercent(6.67),
      capacity: 100,
      expected: 94,
    },
    {
      title: 'adds one unit for less than one',
      adjustment: addPercent(10),
      capacity: 4,
      expected: 5,
    },
    {
      title: 'removes one unit for less than one',
      adjustment: removePercent(10),
      capacity: 4,
      expected: 3,
    },
    {
      title: 'adds exactly one for exactly one',
      adjustment: addPercent(10),
      capacity: 10,
      expected: 11,
    },
    { title: 'adds one for 1.9', adjustment: addPercent(10), capacity: 19, expected: 20 },
    { title: 'adds two for 2.0', adjustment: addPercent(10), capacity: 20, expected: 22 },
    {
      title: 'is not misled by 29 % of 100 in floats',
      adjustment: addPercent(29),
      capacity: 100,
      expected: 129,
    },
    {
      title: 'is not misled by 1.1 % of 1000 in floats',
      adjustment: addPercent(1.1),
      capacity: 1000,
      expected: 1011,
    },
    {
      title: 'a percentage of nothing is nothing',
      adjustment: addPercent(50),
      capacity: 0,
      expected: 0,
    },
  ] satisfies readonly {
    title: string;
    adjustment: Adjustment;
    capacity: number;
    expected: number;
  }[])('$title', ({ adjustment, capacity, expected }) => {
    expect(adjust(adjustment, capacity)).toBe(expected);
  });
});

test.each([
  [add(2), 'add 2'],
  [removePercent(10), 'remove 10%'],
  [{ kind: 'set', capacity: 4 } as const, 'set 4'],
])('an adjustment reads as the operator wrote it', (adjustment, text) => {
  expect(describeAdjustment(adjustment)).toBe(text);
});
