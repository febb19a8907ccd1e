import { err, ok } from '#domain/basics/result.ts';
import { didYouMean, nearest } from '../nearest.ts';
import type { Words } from './words.ts';

/** The word for a value that is learned from the group's own history. */
export const AUTO = 'auto';

/** The words of a value, or `auto`. */
export const orAuto = <T>(words: Words<T>): Words<T | typeof AUTO> => ({
  expected: `${words.expected}; or auto`,
  schema: { anyOf: [words.schema, { const: AUTO }] },
  read: (value) => {
    if (value === AUTO) return ok(AUTO);

    const result = words.read(value);
    if (result.ok) return result;
    const { problem } = result;
    const near = typeof value === 'string' ? nearest(value, [AUTO]) : undefined;
    return err({
      ...problem,
      expected: `${problem.expected}; or ${AUTO}`,
      ...didYouMean(near),
    });
  },
});
