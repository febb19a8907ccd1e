import { ok } from '#domain/basics/result.ts';
import { quote } from '../describe-value.ts';
import { complain } from '../fault.ts';
import { didYouMean } from '../nearest.ts';
import { textWords, type Words } from './words.ts';

/** A share such as `50%`; its value is the number before the sign. */
export const percent = ({ min, max }: Readonly<{ min: number; max: number }>): Words<number> => {
  const expected = `a percentage from ${min}% to ${max}%`;

  return textWords({
    expected,
    schema: { pattern: String.raw`^\d{1,3}(\.\d{1,3})?%$`, examples: ['30%', '50%'] },
    guess: (value) => `${value > 0 && value < 1 ? value * 100 : value}%`,
    read: (text) => {
      const [, digits] = PERCENT.exec(text) ?? [];
      if (digits === undefined) {
        const [, bare] = LOOSE_PERCENT.exec(text) ?? [];
        return complain({
          code: 'bad-value',
          message: `${quote(text)} is not a percentage`,
          expected,
          ...didYouMean(bare && `${bare}%`),
        });
      }

      const value = Number(digits);
      return value >= min && value <= max
        ? ok(value)
        : complain({ code: 'out-of-range', message: `found ${quote(text)}`, expected });
    },
  });
};

const PERCENT = /^(\d{1,3}(?:\.\d{1,3})?)%$/;
const LOOSE_PERCENT = /^\s*(\d{1,3}(?:\.\d{1,3})?)\s*(?:%|percent)?\s*$/;
