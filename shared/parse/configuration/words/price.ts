import { ok } from '#domain/basics/result.ts';
import { describeValue } from '../describe-value.ts';
import { complain } from '../fault.ts';
import type { Words } from './words.ts';

/** An amount of money; what is smaller would be written with an exponent, which CloudWatch does not read. */
export const price: Words<number> = {
  expected: 'a price from 0.0001 to 10000, such as 0.0416',
  schema: { type: 'number', minimum: 0.0001, maximum: 10_000 },
  read: (value) => {
    if (typeof value === 'number' && value >= 0.0001 && value <= 10_000) return ok(value);

    const code = typeof value === 'number' ? 'out-of-range' : 'wrong-type';
    return complain({ code, message: `found ${describeValue(value)}`, expected: price.expected });
  },
};
