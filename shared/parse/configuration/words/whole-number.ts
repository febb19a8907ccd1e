import { ok } from '#domain/basics/result.ts';
import { describeValue } from '../describe-value.ts';
import { complain } from '../fault.ts';
import type { Words } from './words.ts';

/** The largest capacity that the Auto Scaling API can express: its sizes are 32-bit integers. */
export const LARGEST_CAPACITY = 2_147_483_647;

/** A count within a range, both ends allowed. */
export const wholeNumber = ({
  min,
  max,
}: Readonly<{ min: number; max: number }>): Words<number> => {
  const expected = `a whole number from ${min} to ${max}`;

  return {
    expected,
    schema: { type: 'integer', minimum: min, maximum: max },
    read: (value) => {
      const isWhole = typeof value === 'number' && Number.isInteger(value);
      if (isWhole && value >= min && value <= max) return ok(value);

      const code = isWhole ? 'out-of-range' : 'wrong-type';
      return complain({ code, message: `found ${describeValue(value)}`, expected });
    },
  };
};
