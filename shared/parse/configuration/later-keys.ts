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

/** Says why a key that groups or rules have is none here; nothing of any other key. */
export const whyNot = (parent: Path, key: string): string | undefined => {
  const { keys, why } = ELSEWHERE.get(placeOf(parent)) ?? NOWHERE;
  return keys.includes(key) ? why : undefined;
};

type Elsewhere = Readonly<{ keys: readonly string[]; why?: string }>;

const NOWHERE: Elsewhere = { keys: [] };
const ELSEWHERE: ReadonlyMap<string, Elsewhere> = new Map([
  [
    'fleets.*.health',
    {
      keys: ['targetGroup', 'loadBalancer', 'also'],
      why: 'a fleet names no target groups: looked at are those that the Auto Scaling group of each member is attached to',
    },
  ],
  [
    'alerts.*',
    {
      keys: ['then', 'desired', 'steps'],
      why: 'an alert changes nothing: a rule of the group does',
    },
  ],
]);

/** The key that a word of the Horizontal Pod Autoscaler stands for, if it is one of those known here. */
export const synonymOf = (key: string, known: readonly string[]): string | undefined => {
  const meant = OF_THE_HPA.get(key);
  return meant !== undefined && known.includes(meant) ? meant : undefined;
};

/** See https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/. */
const OF_THE_HPA: ReadonlyMap<string, string> = new Map([
  ['scaleUp', 'scaleOut'],
  ['scaleDown', 'scaleIn'],
  ['stabilizationWindowSeconds', 'stabilize'],
  ['policies', 'limits'],
  ['selectPolicy', 'select'],
  ['periodSeconds', 'per'],
  ['minReplicas', 'min'],
  ['maxReplicas', 'max'],
]);

const placeOf = (parent: Path): string =>
  parent.map((part, depth) => (isName(parent, depth) ? '*' : part)).join('.');

/** True when the operator chose this part of a path: a name below one of these keys, or a position. */
const isName = (path: Path, depth: number): boolean =>
  typeof path[depth] === 'number' || NAMED.includes(path[depth - 1]);

const NAMED: readonly (string | number | undefined)[] = ['groups', 'fleets', 'rules', 'alerts'];
