import { err, ok, type Result } from '#domain/basics/result.ts';
import type { Instant } from '#domain/time/instant.ts';
import { parseInstant } from './instant.ts';
import { fieldOf, type JsonObject, objectIn } from './json.ts';
import { type ParseProblem, problemAt } from './parse-problem.ts';

/** Reads the fields of an object and of those inside it, and keeps the first that is wrong. */
export type Fields = Readonly<{
  /** A text of 1 to `max` characters. */
  text: (key: string, max: number) => string;
  /** The same, or nothing. */
  optionalText: (key: string, max: number) => string | undefined;
  /** Prose: nothing is empty, and what is too long is cut. */
  prose: (key: string, max: number) => string;
  /** A time as CloudWatch or EventBridge write it. */
  instant: (key: string) => Instant;
  /** A whole number from 0. */
  count: (key: string, max: number) => number;
  /** The fields of the object in a field, which may be absent. */
  inside: (key: string) => Fields;
  /** Says that a field is not what it should be. */
  refuse: (key: string, expected: string) => void;
  /** The value, unless a field was wrong. */
  result: <T>(value: T) => Result<T, ParseProblem>;
}>;

export const fieldsOf = (
  object: JsonObject,
  path: string,
  problems: ParseProblem[] = [],
): Fields => {
  const refuse = (key: string, expected: string): void => {
    problems.push(problemAt({ path: `${path}.${key}`, found: fieldOf(object, key), expected }));
  };
  const read = <T>(key: string, { accept, expected, otherwise }: FieldReading<T>): T => {
    const value = accept(fieldOf(object, key));
    if (value === undefined) refuse(key, expected);
    return value ?? otherwise;
  };
  const text = (key: string, max: number): string => read(key, textUpTo(max));

  return {
    text,
    optionalText: (key, max) => (fieldOf(object, key) === undefined ? undefined : text(key, max)),
    prose: (key, max) => read(key, proseUpTo(max)),
    instant: (key) => read(key, INSTANT),
    count: (key, max) => read(key, countUpTo(max)),
    inside: (key) => fieldsOf(objectIn(object, key), `${path}.${key}`, problems),
    refuse,
    result: (value) => {
      const [first] = problems;
      return first === undefined ? ok(value) : err(first);
    },
  };
};

type FieldReading<T> = Readonly<{
  accept: (value: unknown) => T | undefined;
  expected: string;
  /** Stands in for a field that is wrong, until `result` says so. */
  otherwise: T;
}>;

const textUpTo = (max: number): FieldReading<string> => ({
  accept: (value) => (typeof value === 'string' && isUpTo(max, value) ? value : undefined),
  expected: `a text of 1 to ${max} characters`,
  otherwise: '',
});

const proseUpTo = (max: number): FieldReading<string> => ({
  accept: (value = '') => (typeof value === 'string' ? cut(value, max) : undefined),
  expected: 'a text, or nothing',
  otherwise: '',
});

const INSTANT: FieldReading<Instant> = {
  accept: (value) => (typeof value === 'string' ? parseInstant(value) : undefined),
  expected: 'a time such as 2026-03-02T09:00:00.000+0000',
  otherwise: 0,
};

const countUpTo = (max: number): FieldReading<number> => ({
  accept: (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max
      ? value
      : undefined,
  expected: `a whole number from 0 to ${max}`,
  otherwise: 0,
});

/** Counted as people do: AWS's limits are in characters, and one may be two units of a string. */
const isUpTo = (max: number, text: string): boolean =>
  text.length > 0 && text.length <= 2 * max && Array.from(text).length <= max;

const cut = (text: string, max: number): string =>
  text.length <= max
    ? text
    : Array.from(text.slice(0, 2 * max))
        .slice(0, max)
        .join('');
