import type * as z from 'zod';
import { describeValue, quote } from '#parse/configuration/describe-value.ts';
import type { Fault, Path } from '#parse/configuration/fault.ts';
import { didYouMean, nearest } from '#parse/configuration/nearest.ts';

type RecordIssue = z.core.$ZodIssue;

/** Lists what is wrong with a record, in the words in which mistakes of tidegate.yml are told. */
export const recordFaults = (
  issues: readonly RecordIssue[],
  observation: unknown,
): readonly Fault[] =>
  issues.map((issue) => {
    const path: Path = ['observation', ...(issue.path as Path)];
    const found = valueAt(observation, issue.path as Path);
    const expected = expectationOf(issue);
    if (found === undefined) {
      return {
        path,
        code: 'missing-key',
        message: `${quote(String(path.at(-1)))} is missing`,
        expected,
      };
    }
    return {
      path,
      code: issue.code === 'invalid_type' ? 'wrong-type' : 'bad-value',
      message: `found ${describeValue(found)}`,
      expected,
      ...suggestionFor(issue, found),
    };
  });

const valueAt = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, part) => (value as Record<string, unknown>)[part], root);

const expectationOf = (issue: RecordIssue): string => {
  if (issue.code === 'invalid_type') {
    return KINDS.get(issue.expected) ?? `a value of the kind ${issue.expected}`;
  }
  if (issue.code === 'invalid_value') {
    return issue.values.length === 1
      ? JSON.stringify(issue.values[0])
      : `one of ${issue.values.join(', ')}`;
  }
  if (issue.code === 'too_small') {
    return `${sizeOf(issue.origin)} ${issue.inclusive ? 'from' : 'above'} ${issue.minimum}`;
  }
  if (issue.code === 'too_big') return `${sizeOf(issue.origin)} up to ${issue.maximum}`;
  return 'another form; "tidegate schema --record" prints what there may be';
};

const KINDS: ReadonlyMap<string, string> = new Map([
  ['string', 'a text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list, such as ["one", "two"]'],
  ['object', 'an object: keys and values'],
  ['record', 'an object: keys and values'],
]);

/** A size is that of the number itself unless it is that of a text or a list. */
const SIZES: ReadonlyMap<string, string> = new Map([
  ['string', 'a text with a number of characters'],
  ['array', 'a list with a number of entries'],
]);
const sizeOf = (origin: string): string => SIZES.get(origin) ?? 'a number';

const suggestionFor = (issue: RecordIssue, found: unknown): { suggestion?: string } =>
  issue.code === 'invalid_value' && typeof found === 'string'
    ? didYouMean(nearest(found, issue.values.map(String)))
    : {};
