import { ok } from '#domain/basics/result.ts';
import { describeValue } from '../describe-value.ts';
import { complain } from '../fault.ts';
import type { Words } from './words.ts';

/** The version of a file's format, which is its first line. */
export const version: Words<1> = {
  expected: 'version: 1',
  schema: { const: 1 },
  read: (value) =>
    value === 1
      ? ok(1)
      : complain({
          code: 'bad-value',
          message: `found ${describeValue(value)}`,
          expected: 'the number 1, the only version that this Tidegate reads',
        }),
};
