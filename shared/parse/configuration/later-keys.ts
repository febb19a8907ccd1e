import type { Path } from './fault.ts';

/**
 * Words of the format that this version does not know. They are told apart from misspelt ones, so that
 * nobody looks for a mistake that is none.
 */
export const laterKeys = (parent: Path): readonly string[] => {
  const place = parent.map((part, depth) => (isName(parent, depth) ? '*' : part)).join('.');
  return LATER.get(place) ?? [];
};

const LATER: ReadonlyMap<string, readonly string[]> = new Map([
  // A pool of running or hibernated instances.
  ['groups.*.warmPool', ['state']],
  // Targets and peers of groups whose target groups and peers nobody names.
  ['fleets.*', ['health', 'standby']],
  ['fleets.*.warmPool', ['state']],
]);

/** True when the operator chose this part of a path: a name below one of these keys, or a position. */
const isName = (path: Path, depth: number): boolean =>
  typeof path[depth] === 'number' || NAMED.includes(path[depth - 1]);

const NAMED: readonly (string | number | undefined)[] = ['groups', 'fleets', 'rules'];
