import type { Result } from '#domain/basics/result.ts';
import { describeValue } from '../describe-value.ts';
import { type Complaint, complain } from '../fault.ts';
import { didYouMean } from '../nearest.ts';

/** The way that one kind of value is written in `tidegate.yml`. */
export type Words<T> = Readonly<{
  /** The text that a person should write: `a duration such as 90s, 5m, 1h or 2d`. */
  expected: string;
  /** The same for editors, as JSON Schema keywords. */
  schema: Readonly<Record<string, unknown>>;
  read: (value: unknown) => Result<T, Complaint>;
}>;

type TextWords<T> = Readonly<{
  expected: string;
  schema: Readonly<Record<string, unknown>>;
  read: (text: string) => Result<T, Complaint>;
  /** Guesses what a number in this place was meant to be. */
  guess?: (value: number) => string;
}>;

/** Words that are text; anything else is refused with a guess at what was meant. */
export const textWords = <T>({ expected, schema, read, guess }: TextWords<T>): Words<T> => ({
  expected,
  schema: { type: 'string', ...schema },
  read: (value) =>
    typeof value === 'string'
      ? read(value)
      : complain({
          code: 'wrong-type',
          message: `found ${describeValue(value)}`,
          expected,
          ...didYouMean(typeof value === 'number' ? guess?.(value) : undefined),
        }),
});
