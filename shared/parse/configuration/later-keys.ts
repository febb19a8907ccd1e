import type { Path } from './fault.ts';

/**
 * Words of the format that this version does not know. They are told apart from misspelt ones, so that
 * nobody looks for a mistake that is none.
 */
export const laterKeys = (parent: Path): readonly string[] => LATER.get(placeOf(parent)) ?? [];

const LATER: ReadonlyMap<string, readonly string[]> = new Map([
  // A pool of running or hibernated instances.
  ['groups.*.warmPool', ['state']],
  ['fleets.*.warmPool', ['state']],
]);

/** Says why a key that groups have is none here; nothing of any other key. */
export const whyNot = (parent: Path, key: string): string | undefined =>
  placeOf(parent) === 'fleets.*.health' && ['targetGroup', 'loadBalancer', 'also'].includes(key)
    ? 'a fleet names no target groups: looked at are those that the Auto Scaling group of each member is attached to'
    : undefined;

const placeOf = (parent: Path): string =>
  parent.map((part, depth) => (isName(parent, depth) ? '*' : part)).join('.');

/** True when the operator chose this part of a path: a name below one of these keys, or a position. */
const isName = (path: Path, depth: number): boolean =>
  typeof path[depth] === 'number' || NAMED.includes(path[depth - 1]);

const NAMED: readonly (string | number | undefined)[] = ['groups', 'fleets', 'rules'];
