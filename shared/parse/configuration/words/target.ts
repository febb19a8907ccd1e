import { ok, type Result } from '#domain/basics/result.ts';
import { describeValue, quote } from '../describe-value.ts';
import { type Complaint, complain } from '../fault.ts';
import { didYouMean } from '../nearest.ts';
import { RATE_UNIT, type RatePer, readRateUnit } from './rate-unit.ts';
import type { Words } from './words.ts';

/** `per` is present when the share of a count is written as a rate, whatever the period of the metric. */
export type TargetInput = Readonly<{ value: number; isTotal: boolean; per?: RatePer }>;

const PATTERN = String.raw`^\s*(\d{1,15}(?:\.\d{1,9})?)(?:(${RATE_UNIT})?(\s+per\s+unit))?\s*$`;
const EXPECTED =
  'a number above 0, "N per unit" when the metric is a total, or "Nrps per unit" when it counts what came; N has at most 15 digits before the point and 9 after it';

/** `1000`, the target of a mean; `100 per unit`, the share of a total; `80rps per unit`, the share of a count. */
export const target: Words<TargetInput> = {
  expected: EXPECTED,
  schema: {
    anyOf: [
      { type: 'number', exclusiveMinimum: 0 },
      { type: 'string', pattern: PATTERN, examples: ['100 per unit', '80rps per unit'] },
    ],
  },
  read: (value) => {
    if (typeof value === 'number') return above0({ value, isTotal: false }, value);
    if (typeof value !== 'string') {
      const message = `found ${describeValue(value)}`;
      return complain({ code: 'wrong-type', message, expected: EXPECTED });
    }

    const [, number, rate, perUnit] = TARGET.exec(value) ?? [];
    if (number !== undefined) {
      const unit = rate === undefined ? {} : { per: readRateUnit(rate) };
      return above0({ value: Number(number), isTotal: perUnit !== undefined, ...unit }, value);
    }
    const [, near] = NEAR.exec(value) ?? [];
    const message = `found ${quote(value)}`;
    return complain({
      code: 'bad-value',
      message,
      expected: EXPECTED,
      ...didYouMean(near === undefined ? undefined : `${near} per unit`),
    });
  },
};

const TARGET = new RegExp(PATTERN);
const NEAR = /^\s*(\d{1,15}(?:\.\d{1,9})?(?:\s*rp[sm])?)\s*(?:$|\/|per|each)/i;

const above0 = (target: TargetInput, found: unknown): Result<TargetInput, Complaint> =>
  Number.isFinite(target.value) && target.value > 0
    ? ok(target)
    : complain({
        code: 'out-of-range',
        message: `found ${describeValue(found)}`,
        expected: EXPECTED,
      });
