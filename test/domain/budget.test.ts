import { describe, expect, test } from '@jest/globals';
import { allowanceOf, hourOf } from '../../shared/domain/budget.ts';
import { minutes, NOON } from '../support/builders.ts';

const at = (count: number, before = 0, perHour: number | undefined = 3) =>
  allowanceOf(perHour === undefined ? {} : { perHour }, { count, before }, NOON + minutes(20));

describe('a budget of three messages an hour', () => {
  test.each([1, 2])('lets message %d go out as it is', (count) => {
    expect(at(count)).toEqual({ kind: 'within' });
  });

  test('says with the last one that it is', () => {
    expect(at(3)).toEqual({
      kind: 'within',
      postscript:
        'This is message 3 of this hour: until 2026-03-02 10:00 UTC only what is urgent comes.',
    });
  });

  test('is spent then', () => {
    expect(at(4)).toEqual({
      kind: 'spent',
      detail: '4 messages in this hour, and the budget is 3',
    });
  });

  test('says in the next hour how many were left out, once', () => {
    expect(at(1, 17)).toEqual({
      kind: 'within',
      postscript: '14 more messages of the hour before were left out.',
    });
    expect(at(2, 17)).toEqual({ kind: 'within' });
    expect(at(1, 3)).toEqual({ kind: 'within' });
  });

  test('of one message says both', () => {
    expect(at(1, 5, 1)).toMatchObject({
      postscript: expect.stringMatching(/^4 more .* left out\. This is message 1 /),
    });
  });
});

test('without a budget everything goes out', () => {
  expect(allowanceOf({}, { count: 9_999, before: 9_999 }, NOON)).toEqual({ kind: 'within' });
});

test('an hour begins with its first millisecond', () => {
  expect(hourOf(NOON + minutes(60) - 1)).toBe(NOON);
  expect(hourOf(NOON + minutes(60))).toBe(NOON + minutes(60));
});
