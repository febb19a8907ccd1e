import { ok } from '#domain/basics/result.ts';
import { describeValue } from '../describe-value.ts';
import { complain } from '../fault.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { isAffirmative, isNegative } from '../opposites.ts';
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

      const code = typeof value === 'string' ? 'bad-value' : 'wrong-type';
      return complain({
        code,
        message: `found ${describeValue(value)}`,
        expected,
        ...didYouMean(meantBy(value, options)),
      });
    },
  };
};

/** `no` and `false` mean the option that says so, and `yes` the other one if there are two. */
const meantBy = (value: unknown, options: readonly string[]): string | undefined => {
  const negative = options.find(isNegative);
  if (isNegative(value)) return negative;
  if (isAffirmative(value)) {
    const others = options.filter((option) => option !== negative);
    return others.length === 1 ? others[0] : undefined;
  }
  return typeof value === 'string' ? nearest(value, options) : undefined;
};
