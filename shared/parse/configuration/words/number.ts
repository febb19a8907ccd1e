import { ok } from '#domain/basics/result.ts';
import { describeValue } from '../describe-value.ts';
import { complain } from '../fault.ts';
import type { Words } from './words.ts';

/** Any finite number. */
export const anyNumber: Words<number> = {
  expected: "a number in the metric's own unit",
  schema: { type: 'number' },
  read: (value) =>
    typeof value === 'number' && Number.isFinite(value)
      ? ok(value)
      : complain({
          code: 'wrong-type',
          message: `found ${describeValue(value)}`,
          expected: "a number in the metric's own unit",
        }),
};
