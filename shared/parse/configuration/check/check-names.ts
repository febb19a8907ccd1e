import {
  DIMENSION_NAMES,
  MATH_IDS,
  METRIC_NAMES,
  type Names,
  plainNames,
  repairName,
  TAG_KEYS,
} from '#parse/configuration/words/names.ts';
import { quote } from '../describe-value.ts';
import type { Fault } from '../fault.ts';
import { didYouMean } from '../nearest.ts';
import { entriesAt, groupsIn, metricsIn, type Place, placeAt } from './places.ts';

/** Every key that operators choose follows the rule for its kind. */
export const checkNames = (root: unknown): readonly Fault[] => {
  const file: Place = { path: [], value: root };
  const groups = groupsIn(root);
  const metrics = metricsIn(root);

  return [
    ...checkKeys([file], 'groups', plainNames('a group')),
    ...checkKeys([file], 'fleets', plainNames('a fleet')),
    ...checkKeys(
      entriesAt(file, 'fleets').map((fleet) => placeAt(fleet, 'select')),
      'tags',
      TAG_KEYS,
    ),
    ...checkKeys([file], 'alerts', plainNames('an alert')),
    ...checkKeys(groups, 'rules', plainNames('a rule')),
    ...checkKeys(groups, 'metrics', METRIC_NAMES),
    ...checkKeys(metrics, 'uses', MATH_IDS),
    ...checkKeys(metrics, 'dimensions', DIMENSION_NAMES),
    ...checkKeys([placeAt(file, 'notify')], 'channels', plainNames('a channel')),
  ];
};

/** The keys below a key follow a rule. `__proto__` has been refused before, as a key of any mapping. */
export const checkKeys = (places: readonly Place[], key: string, names: Names): readonly Fault[] =>
  places
    .flatMap((place) => entriesAt(place, key))
    .map(({ path }) => ({ path, name: String(path.at(-1)) }))
    .filter(({ name }) => !names.pattern.test(name) && name !== '__proto__')
    .map(({ path, name }) => ({
      path,
      at: 'key',
      code: 'bad-name',
      message: `${quote(name)} cannot be the name of ${names.what}`,
      expected: names.expected,
      ...didYouMean(repairName(name, names)),
    }));
