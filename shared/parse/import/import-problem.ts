import type * as z from 'zod';
import { describeValue } from '#parse/configuration/describe-value.ts';

/** A reason why a file cannot be imported at all. */
export type ImportProblem = Readonly<{
  file: string;
  /** The place within the file: `ScalingPolicies[0].PolicyName`. */
  path?: string;
  message: string;
  help: string;
}>;

/** The mistakes that a schema finds in what a peer has printed. */
export const problemsOfIssues = (
  issues: readonly z.core.$ZodIssue[],
  { file, what, value }: Readonly<{ file: string; what: string; value: unknown }>,
): readonly ImportProblem[] =>
  issues.slice(0, MOST_PROBLEMS).map(({ path, message }) => ({
    file,
    path: pathText(path),
    message: `found ${describeValue(valueAt(value, path))}: ${message.replace(/^Invalid input: /, '')}`,
    help: `expected the shape of ${what}`,
  }));

const MOST_PROBLEMS = 20;

const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((found, key) => Object(found)[key], value);
