import { ok, type Result } from '#domain/basics/result.ts';
import { describeValue, quote } from '../describe-value.ts';
import { type Complaint, complain } from '../fault.ts';
import { didYouMean } from '../nearest.ts';
import { RATE_UNIT, type RatePer, readRateUnit } from './rate-unit.ts';
import type { Words } from './words.ts';

/** `per` is absent when only a number is written: then the metric says what it is. */
export type PerInstanceInput = Readonly<{ value: number; per?: RatePer }>;

const NUMBER = String.raw`\d{1,15}(?:\.\d{1,9})?`;
const PATTERN = String.raw`^\s*(${NUMBER})(${RATE_UNIT})?\s*$`;
const EXPECTED =
  'a number above 0, "N per second" (or "Nrps"), "N per minute" (or "Nrpm"); N has at most 15 digits before the point and 9 after it';

/** `45`, `45rps`, `45 per second` or `2700 per minute`: the demand that one instance carries. */
export const perInstance: Words<PerInstanceInput> = {
  expected: EXPECTED,
  schema: {
    anyOf: [
      { type: 'number', exclusiveMinimum: 0 },
      { type: 'string', pattern: PATTERN, examples: ['45rps', '45 per second', '2700 per minute'] },
    ],
  },
  read: (value) => {
    if (typeof value === 'number') return above0({ value }, value);
    if (typeof value !== 'string') {
      const message = `found ${describeValue(value)}`;
      return complain({ code: 'wrong-type', message, expected: EXPECTED });
    }

    const [, number, per] = PER_INSTANCE.exec(value) ?? [];
    if (number !== undefined) {
      const unit = per === undefined ? {} : { per: readRateUnit(per) };
      return above0({ value: Number(number), ...unit }, value);
    }
    const [, near] = new RegExp(`^\\s*(${NUMBER})`).exec(value) ?? [];
    return complain({
      code: 'bad-value',
      message: `found ${quote(value)}`,
      expected: EXPECTED,
      ...didYouMean(near && meantBy(near, value)),
    });
  },
};

const PER_INSTANCE = new RegExp(PATTERN);

/** A rate in another unit of time, or in none, is not guessed: it would be wrong by a factor. */
const meantBy = (number: string, text: string): string | undefined => {
  if (/(?:per|\/|rp)\s*m(?:in(?:utes?)?)?\b/i.test(text)) return `${number} per minute`;
  return /(?:per|\/|rp|qp)\s*s(?:ec(?:onds?)?)?\b/i.test(text) ? `${number} per second` : undefined;
};

const above0 = (input: PerInstanceInput, found: unknown): Result<PerInstanceInput, Complaint> =>
  Number.isFinite(input.value) && input.value > 0
    ? ok(input)
    : complain({
        code: 'out-of-range',
        message: `found ${describeValue(found)}`,
        expected: EXPECTED,
      });
