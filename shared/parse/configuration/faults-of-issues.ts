import type * as z from 'zod';
import { describeValue, quote } from './describe-value.ts';
import type { Complaint, Fault, Path } from './fault.ts';
import { laterKeys, synonymOf, whyNot } from './later-keys.ts';
import { entriesOf } from './mapping.ts';
import { didYouMean, nearest } from './nearest.ts';
import { pathText } from './path-text.ts';
import { knownKeysIn } from './schema/mapping.ts';
import { noSpaceAfter } from './yaml/traps.ts';

type Issue = z.core.$ZodIssue;

/** Describes the mistakes that zod found in our words, each once. */
export const faultsOfIssues = (issues: readonly Issue[], root: unknown): readonly Fault[] => {
  const faults = issues.flatMap((issue) => faultsOf(issue, root));
  const explained = new Set(
    faults.flatMap(({ path, explains = [] }) =>
      explains.map((key) => pathText([...path.slice(0, -1), key])),
    ),
  );

  return faults.filter(
    ({ code, path }) => code !== 'missing-key' || !explained.has(pathText(path)),
  );
};

const faultsOf = (issue: Issue, root: unknown): readonly Fault[] => {
  const path = issue.path as Path;
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeysIn(issue.message);
    const present = entriesOf(valueAtPath(root, path)).map(([key]) => key);
    return issue.keys.map((key) => unknownKey({ parent: path, key, known, present }));
  }

  const complaint: Complaint | undefined =
    issue.code === 'custom' ? issue.params?.complaint : undefined;
  if (complaint === undefined) return [wrongType(issue, root)];

  const message = complaint.code === 'missing-key' ? isMissing(path) : complaint.message;
  return [{ ...complaint, message, path: [...path, ...(complaint.path ?? [])] }];
};

type UnknownKey = Readonly<{
  parent: Path;
  key: string;
  known: readonly string[];
  /** The keys that stand beside it; none of them was meant. */
  present: readonly string[];
}>;

/** A misspelt key explains why the right one is missing, and a later word why the present ones are. */
const unknownKey = ({ parent, key, known, present }: UnknownKey): Fault => {
  const fault = {
    path: [...parent, key],
    at: 'key' as const,
    expected: `one of ${known.join(', ')}`,
  };
  if (laterKeys(parent).includes(key)) {
    const message = `${quote(key)} is not in this version of Tidegate`;
    return { ...fault, code: 'not-in-this-version', message, explains: known };
  }

  const meant = synonymOf(key, known) ?? nearest(key, known);
  const why = whyNot(parent, key);
  const isThere = meant !== undefined && present.includes(meant);
  return {
    ...fault,
    code: 'unknown-key',
    message: `unknown key ${quote(key)}${why === undefined ? '' : `: ${why}`}`,
    ...(isThere ? becauseOf(meant, why) : didYouMean(meant)),
    explains: meant === undefined ? [] : [meant],
  };
};

/** A key that is there already was hardly misspelt; a reason says more than that. */
const becauseOf = (meant: string, why: string | undefined): { suggestion?: string } =>
  why === undefined
    ? { suggestion: `"${meant}" is there already: put into it what belongs to it` }
    : {};

const valueAtPath = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, part) => (value as Record<string, unknown>)[part], root);

/** All other issues are about the kind of a value: a mapping, a list. */
const wrongType = (issue: Issue, root: unknown): Fault => {
  const path = issue.path as Path;
  const found = valueAtPath(root, path);
  const isList = issue.code === 'invalid_type' && issue.expected === 'array';
  const expected = isList
    ? 'a list, such as [one, two]'
    : 'a mapping: keys and values below this key';
  if (found === undefined) return missing(path, expected);

  const text = typeof found === 'string' && !isList ? found : '';
  const [, key] = /^([A-Za-z][\w-]*):[^/\s]/.exec(text) ?? [];
  if (key !== undefined) return { path, code: 'wrong-type', ...noSpaceAfter(key) };

  const suggestion = found === null ? { suggestion: 'fill it in, or remove the key' } : {};
  return {
    path,
    code: 'wrong-type',
    message: `found ${describeValue(found)}`,
    expected,
    ...suggestion,
  };
};

/** A file without `groups` may have meant `fleets`: either is enough. */
const missing = (path: Path, expected: string): Fault => ({
  path,
  code: 'missing-key',
  message: isMissing(path),
  expected: path.join() === 'groups' ? 'groups, fleets, or both' : expected,
});

const isMissing = (path: Path): string => `${quote(String(path.at(-1)))} is missing`;
