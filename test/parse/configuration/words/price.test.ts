import { describe, expect, test } from '@jest/globals';
import { price } from '#parse/configuration/words/price.ts';

describe('price', () => {
  test.each([0.0001, 0.0416, 3, 10_000])('reads %j', (value) => {
    expect(price.read(value)).toEqual({ ok: true, value });
  });

  test.each([
    { value: 0, code: 'out-of-range' },
    { value: -1, code: 'out-of-range' },
    { value: 0.000_01, code: 'out-of-range' },
    { value: 10_001, code: 'out-of-range' },
    { value: Number.NaN, code: 'out-of-range' },
    { value: '$0.04', code: 'wrong-type' },
  ])('refuses $value: $code', ({ value, code }) => {
    expect(price.read(value)).toMatchObject({
      ok: false,
      problem: { code, expected: 'a price from 0.0001 to 10000, such as 0.0416' },
    });
  });
});
