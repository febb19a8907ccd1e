import { ok } from '#domain/basics/result.ts';
import { quote } from '../describe-value.ts';
import { type Complaint, complain } from '../fault.ts';
import { didYouMean } from '../nearest.ts';
import { textWords, type Words } from './words.ts';

/** The digits after the point that a share may have, wherever one is written. */
export const DIGITS_OF_SHARES = 'at most 3 digits after the point';

/** A share such as `50%`; its value is the number before the sign. */
export const percent = ({ min, max }: Readonly<{ min: number; max: number }>): Words<number> => {
  const expected = `a percentage from ${min}% to ${max}%, with ${DIGITS_OF_SHARES}`;

  return textWords({
    expected,
    schema: { pattern: String.raw`^\d{1,3}(\.\d{1,3})?%$`, examples: ['30%', '50%'] },
    guess: (value) => `${Number(value) > 0 && Number(value) < 1 ? Number(value) * 100 : value}%`,
    read: (text) => {
      const [, digits] = PERCENT.exec(text) ?? [];
      if (digits === undefined) return complain(explain(text, { min, max, expected }));

      const value = Number(digits);
      return value >= min && value <= max ? ok(value) : complain(outOfRange(text, expected));
    },
  });
};

type Shares = Readonly<{ min: number; max: number; expected: string }>;

const explain = (text: string, { min, max, expected }: Shares): Complaint => {
  if (OF_ANY_LENGTH.test(text)) return outOfRange(text, expected);
  const [, bare] = LOOSE_PERCENT.exec(text) ?? [];
  const isMeant = bare !== undefined && Number(bare) >= min && Number(bare) <= max;
  return {
    code: 'bad-value',
    message: `${quote(text)} is not a percentage`,
    expected,
    ...didYouMean(isMeant ? `${bare}%` : undefined),
  };
};

const outOfRange = (text: string, expected: string): Complaint => ({
  code: 'out-of-range',
  message: `found ${quote(text)}`,
  expected,
});

const PERCENT = /^(\d{1,3}(?:\.\d{1,3})?)%$/;
/** The form is right, the digits are too many. */
const OF_ANY_LENGTH = /^\d+(?:\.\d+)?%$/;
const LOOSE_PERCENT = /^\s*(\d{1,3}(?:\.\d{1,3})?)\s*(?:%|percent)?\s*$/;
