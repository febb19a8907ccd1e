import { describe, expect, test } from '@jest/globals';
import { type Choice, isBetter, type Scored, search, totalOf } from '#simulator/compare/search.ts';

const DAYS = 10;
const flat = (cost: number, violated: number): Scored => ({
  cost: Array.from({ length: DAYS }, () => cost),
  requests: Array.from({ length: DAYS }, () => 1_000),
  violated: Array.from({ length: DAYS }, () => violated),
});

describe('a search', () => {
  test('finds what is cheapest within the violations that are allowed', () => {
    const costs = [100, 80, 60];
    const found = search({
      knobs: [2, 1],
      violated: 0.001,
      budget: 100,
      run: ([first = 0, second = 0]) => flat((costs[first] ?? 0) - 5 * second, first === 2 ? 5 : 0),
    });

    expect(found).toEqual({
      choice: [1, 1],
      tried: 6,
      before: { cost: 1_000, violated: 0 },
      after: { cost: 750, violated: 0 },
    });
  });

  test('violates less where nothing keeps what is allowed', () => {
    const found = search({
      knobs: [1],
      violated: 0,
      budget: 100,
      run: ([first = 0]) => (first === 1 ? flat(200, 1) : flat(100, 5)),
    });

    expect(found.choice).toEqual([1]);
    expect(found.after).toEqual({ cost: 2_000, violated: 0.001 });
  });

  test('tries no more than its budget, and leaves out what is no valid file', () => {
    const asked: Choice[] = [];
    const found = search({
      knobs: [3],
      violated: 0,
      budget: 3,
      run: (choice) => {
        asked.push(choice);
        return choice[0] === 1 ? undefined : flat(100 - 10 * (choice[0] ?? 0), 0);
      },
    });

    expect(asked).toEqual([[0], [1], [2]]);
    expect(found).toMatchObject({ choice: [2], tried: 3 });
  });

  test('judges what was tuned on days that it was not tuned on', () => {
    // The setting is cheap on the even days and dear on the odd ones, which come in equal parts to all.
    const odd = (day: number): boolean => day % 2 === 1;
    const found = search({
      knobs: [1],
      violated: 0,
      budget: 10,
      run: ([first = 0]) => ({
        ...flat(100, 0),
        cost: Array.from({ length: 2 }, (_, day) => (first === 0 || odd(day) ? 100 : 10)),
      }),
    });

    // Tuned on the odd day it stays, and the even day is judged so; tuned on the even day it changes, in vain.
    expect(found.choice).toEqual([1]);
    expect(found.after).toEqual({ cost: 200, violated: 0 });
  });
});

test.each([
  [{ cost: 1, violated: 0.1 }, { cost: 2, violated: 0.1 }, true],
  [{ cost: 2, violated: 0.1 }, { cost: 1, violated: 0.1 }, false],
  [{ cost: 9, violated: 0.1 }, { cost: 1, violated: 0.2 }, true],
  [{ cost: 1, violated: 0.2 }, { cost: 9, violated: 0.1 }, false],
  [{ cost: 9, violated: 0.2 }, { cost: 1, violated: 0.3 }, true],
])('%j is better than %j: %s', (one, other, better) => {
  expect(isBetter(one, other, 0.1)).toBe(better);
});

test('a total without requests violates nothing', () => {
  expect(totalOf([{ scored: flat(1, 0), days: [] }])).toEqual({ cost: 0, violated: 0 });
});
