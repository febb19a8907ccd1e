import { ok } from '#domain/basics/result.ts';
import type { Limit } from '#domain/configuration/behavior.ts';
import { wordOf } from '#parse/configuration/word-of.ts';
import { describeValue } from '../describe-value.ts';
import { complain } from '../fault.ts';
import { DIGITS_OF_SHARES } from './percent.ts';
import { LARGEST_CAPACITY } from './whole-number.ts';
import type { Words } from './words.ts';

export type Amount = Pick<Limit, 'amount' | 'unit'>;

const EXPECTED = `a whole number from 1 to ${LARGEST_CAPACITY}, or a percentage from 0.001% to 9999.999%, with ${DIGITS_OF_SHARES}, such as 10%`;

/** `4`, units of capacity, or `10%` of what there was. */
export const amount: Words<Amount> = {
  expected: EXPECTED,
  schema: {
    anyOf: [
      { type: 'integer', minimum: 1 },
      { type: 'string', pattern: String.raw`^\d{1,4}(\.\d{1,3})?%$` },
    ],
  },
  read: (value) => {
    const [, percent] = PERCENT.exec(wordOf(value)) ?? [];
    if (percent !== undefined && Number(percent) > 0) {
      return ok({ amount: Number(percent), unit: 'percent' });
    }
    if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= LARGEST_CAPACITY) {
      return ok({ amount: Number(value), unit: 'capacity' });
    }

    const code =
      typeof value === 'number' || typeof value === 'string' ? 'bad-value' : 'wrong-type';
    return complain({ code, message: `found ${describeValue(value)}`, expected: EXPECTED });
  },
};

const PERCENT = /^(\d{1,4}(?:\.\d{1,3})?)%$/;
