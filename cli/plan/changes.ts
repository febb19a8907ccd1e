import { type FieldChange, inWordsOfTheFile } from './words-of-the-file.ts';

/** A thing that a deployment makes, changes or removes, and in words what changes about it. */
export type PlannedChange = Readonly<{
  kind: 'made' | 'changed' | 'removed';
  name: string;
  details: readonly string[];
}>;

/** Compares two tables of things by their names, in the order of the names; what stays as it is is left out. */
export const changesBetween = <T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  differences: (before: T, after: T) => readonly string[],
): readonly PlannedChange[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .toSorted()
    .flatMap((name): readonly PlannedChange[] => {
      const [old, next] = [before.get(name), after.get(name)];
      if (old === undefined) return [{ kind: 'made', name, details: [] }];
      if (next === undefined) return [{ kind: 'removed', name, details: [] }];
      const details = differences(old, next);
      return details.length === 0 ? [] : [{ kind: 'changed', name, details }];
    });

/** The fields that differ between two values, each with its path: `Threshold: 70 → 80`. */
export const fieldsBetween = (before: unknown, after: unknown): readonly string[] =>
  differencesBetween(before, after).map(
    ({ path, was, is }) => `${path === '' ? 'it' : path}: ${was ?? 'nothing'} → ${is ?? 'nothing'}`,
  );

/** The same for values of `tidegate.yml`, with the words of the file: `scaleOut.cooldown: 3 min → 1 min`. */
export const settingsBetween = (before: unknown, after: unknown): readonly string[] =>
  differencesBetween(before, after)
    .filter(({ path }) => !IS_GENERATED.test(path))
    .map(inWordsOfTheFile);

/** The alarms of alerts and on unhealthy targets have names that no file says; they stand among the alarms. */
const IS_GENERATED = /^alarm$|\bwatched(\.\d+\.alarm)?$/;

const differencesBetween = (before: unknown, after: unknown): readonly FieldChange[] => {
  const [old, next] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((path): readonly FieldChange[] => {
    const [was, is] = [old.get(path), next.get(path)];
    if (was === is) return [];
    return [{ path, ...(was === undefined ? {} : { was }), ...(is === undefined ? {} : { is }) }];
  });
};

/** Every value that has no parts, by its path. */
const leavesOf = (value: unknown, path = ''): ReadonlyMap<string, string> => {
  if (typeof value !== 'object' || value === null) {
    return value === undefined ? new Map() : new Map([[path, JSON.stringify(value)]]);
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return new Map([[path, JSON.stringify(value)]]);
  return new Map(
    entries.flatMap(([key, part]) => [...leavesOf(part, path === '' ? key : `${path}.${key}`)]),
  );
};
