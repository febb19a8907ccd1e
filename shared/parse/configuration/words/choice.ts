import { ok } from '#domain/basics/result.ts';
import { describeValue } from '../describe-value.ts';
import { complain } from '../fault.ts';
import { didYouMean, nearest } from '../nearest.ts';
import type { Words } from './words.ts';

/** One of a few words. */
export const choice = <const T extends string>(options: readonly T[]): Words<T> => {
  const expected = `one of ${options.join(', ')}`;

  return {
    expected,
    schema: { type: 'string', enum: options },
    read: (value) => {
      const option = options.find((each) => each === value);
      if (option !== undefined) return ok(option);

      const near = typeof value === 'string' ? nearest(value, options) : undefined;
      const code = typeof value === 'string' ? 'bad-value' : 'wrong-type';
      return complain({
        code,
        message: `found ${describeValue(value)}`,
        expected,
        ...didYouMean(near),
      });
    },
  };
};
