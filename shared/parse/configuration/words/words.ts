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
  /** Guesses what a number or a truth value in this place was meant to be; a guess that is wrong itself is not told. */
  guess?: (value: number | boolean) => string | undefined;
  /** Says what to do about a number or a truth value, where no guess can. */
  advise?: (value: number | boolean) => string | undefined;
}>;

/** Words that are text; anything else is refused with a guess at what was meant. */
export const textWords = <T>({ expected, schema, read, guess, advise }: TextWords<T>): Words<T> => {
  const helpWith = (value: number | boolean): { suggestion?: string } => {
    const advice = advise?.(value);
    if (advice !== undefined) return { suggestion: advice };

    const meant = guess?.(value);
    return meant !== undefined && read(meant).ok ? didYouMean(meant) : {};
  };

  return {
    expected,
    schema: { type: 'string', ...schema },
    read: (value) =>
      typeof value === 'string'
        ? read(value)
        : complain({
            code: 'wrong-type',
            message: `found ${describeValue(value)}`,
            expected,
            ...(typeof value === 'number' || typeof value === 'boolean' ? helpWith(value) : {}),
          }),
  };
};

/** Text that YAML takes for a number or a truth value; how it was written, with zeros in front, is lost. */
export const QUOTE_IT = 'put it between quotation marks, as it is written here';
