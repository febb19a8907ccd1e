import { partitionOf } from '#domain/basics/partition.ts';
import { checkCount } from '#parse/configuration/check/check-counts.ts';
import { checkKeys } from '#parse/configuration/check/check-names.ts';
import { entriesAt, type Place, placeAt } from '#parse/configuration/check/places.ts';
import type { Fault } from '#parse/configuration/fault.ts';
import { valueAt } from '#parse/configuration/mapping.ts';
import { DEPLOYMENT_NAMES } from './deployments-schema.ts';

/** Everything that no single value can tell: names, that there is one at all, and how values go together. */
export const checkDeployments = (root: unknown): readonly Fault[] => {
  const file: Place = { path: [], value: root };
  const deployments = entriesAt(file, 'deployments');

  return [
    ...checkKeys([file], 'deployments', DEPLOYMENT_NAMES),
    ...checkCount(placeAt(file, 'deployments'), { least: 1, what: 'deployment' }),
    ...deployments.flatMap(checkPartition),
    ...checkTwice(deployments),
  ];
};

/** Credentials of one partition of AWS mean nothing in another one. */
const checkPartition = (place: Place): readonly Fault[] => {
  const [region, role] = [textAt(place, 'region'), textAt(place, 'role')];
  const expected = partitionOf(region)?.name;
  const found = /^arn:([^:]+):iam:/.exec(role)?.[1];
  if (expected === undefined || found === undefined || found === expected) return [];
  return [
    {
      path: [...place.path, 'role'],
      code: 'conflict',
      message: `the role is in ${found}, and ${region} is in ${expected}: no role of one partition of AWS reaches another`,
      expected: `a role whose ARN begins with arn:${expected}:`,
    },
  ];
};

/** The keys that tell which deployment is meant. An entry that differs from another in none of them was copied and not changed. */
const TELLING = ['region', 'stage', 'service', 'profile', 'role', 'table'] as const;

const checkTwice = (deployments: readonly Place[]): readonly Fault[] => {
  const known = new Map<string, Place>();
  return deployments.flatMap((place) => {
    const key = JSON.stringify(TELLING.map((each) => textAt(place, each)));
    const first = known.get(key);
    known.set(key, first ?? place);
    if (first === undefined || textAt(place, 'region') === '') return [];
    return [
      {
        path: place.path,
        at: 'key',
        code: 'conflict',
        message: `this is the same deployment as "${String(first.path.at(-1))}"`,
        expected: `another ${TELLING.slice(0, -1).join(', ')} or ${TELLING.at(-1)}`,
        suggestion: 'each would be asked and counted twice: change it, or remove one',
      },
    ];
  });
};

const textAt = ({ value }: Place, key: string): string => {
  const found = valueAt(value, key);
  return typeof found === 'string' ? found : '';
};
