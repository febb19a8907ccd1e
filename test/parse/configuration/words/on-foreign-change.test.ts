import { describe, expect, test } from '@jest/globals';
import { onForeignChange } from '#parse/configuration/words/on-foreign-change.ts';

describe('onForeignChange', () => {
  test.each([
    ['adopt', 'adopt'],
    [' restore ', 'restore'],
    ['hold 30m', { hold: 1_800 }],
    ['hold  2h', { hold: 7_200 }],
  ])('reads %j', (text, value) => {
    expect(onForeignChange.read(text)).toEqual({ ok: true, value });
  });

  test.each([
    ['adapt', 'did you mean "adopt"?'],
    ['hold', 'did you mean "hold 30m"?'],
    ['hold 30', 'did you mean "hold 30m"?'],
    ['revert everything', undefined],
  ])('refuses %j', (text, suggestion) => {
    expect(onForeignChange.read(text)).toMatchObject({
      ok: false,
      problem: {
        code: 'bad-value',
        message: `found "${text}"`,
        expected: 'one of adopt, restore, hold 30m',
        ...(suggestion === undefined ? {} : { suggestion }),
      },
    });
  });

  test('refuses a number', () => {
    expect(onForeignChange.read(30)).toMatchObject({
      ok: false,
      problem: { expected: 'adopt, restore, or hold with a duration such as hold 30m' },
    });
  });
});
