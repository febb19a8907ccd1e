import { describe, expect, test } from '@jest/globals';
import { probation } from '#parse/configuration/words/probation.ts';

describe('probation', () => {
  test.each([
    ['10m', 600],
    ['1d', 86_400],
    ['off', 'off'],
  ])('reads %j', (text, value) => {
    expect(probation.read(text)).toEqual({ ok: true, value });
  });

  test.each([
    ['never', 'did you mean "off"?'],
    ['false', 'did you mean "off"?'],
    ['10 minutes', 'did you mean "10m"?'],
    ['2d', undefined],
  ])('refuses %j', (text, suggestion) => {
    expect(probation.read(text)).toMatchObject({
      ok: false,
      problem: {
        expected: 'a duration from 1m to 1d, or off',
        ...(suggestion === undefined ? {} : { suggestion }),
      },
    });
  });

  test('refuses a number, and guesses its unit', () => {
    expect(probation.read(600)).toMatchObject({
      ok: false,
      problem: { suggestion: 'did you mean "600s"?' },
    });
  });
});
