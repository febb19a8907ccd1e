import { MOST_TAGS } from '#parse/configuration/schema/fleet-schema.ts';
import {
  isQueryText,
  MOST_DIMENSIONS,
  MOST_USES,
} from '#parse/configuration/schema/metric-schema.ts';
import type { Fault } from '../fault.ts';
import { isMapping, valueAt } from '../mapping.ts';
import { entriesAt, groupsIn, itemsOf, metricsIn, type Place, placeAt } from './places.ts';

/** Mappings and lists that must not be empty, or that CloudWatch limits. */
export const checkCounts = (root: unknown): readonly Fault[] => {
  const file: Place = { path: [], value: root };
  const routes = placeAt(placeAt(file, 'notify'), 'routes');

  return [
    ...checkCount(placeAt(file, 'groups'), { least: hasFleets(root) ? 0 : 1, what: 'group' }),
    ...checkCount(placeAt(file, 'fleets'), { least: 1, what: 'fleet' }),
    ...entriesAt(file, 'fleets')
      .map((fleet) => placeAt(fleet, 'select'))
      .flatMap((select) => checkTags(placeAt(select, 'tags'))),
    ...metricsIn(root).flatMap((metric) => [
      // A query in the wrong place has nothing to use, and is complained about itself.
      ...checkCount(placeAt(metric, 'uses'), {
        least: isQueryText(placeAt(metric, 'expression').value) ? 0 : 1,
        most: MOST_USES,
        what: 'metric',
      }),
      ...checkCount(placeAt(metric, 'dimensions'), { most: MOST_DIMENSIONS, what: 'dimension' }),
    ]),
    ...groupsIn(root)
      .flatMap((group) => entriesAt(group, 'rules'))
      .flatMap((rule) =>
        checkCount(placeAt(rule, 'bands'), { isList: true, least: 1, what: 'band' }),
      ),
    ...checkCount(placeAt(placeAt(placeAt(file, 'notify'), 'report'), 'to'), {
      isList: true,
      least: 1,
      what: 'channel',
    }),
    ...checkCount(routes, { isList: true, least: 1, what: 'route' }),
    ...itemsOf(routes).flatMap((route) => [
      ...checkCount(placeAt(route, 'on'), { isList: true, least: 1, what: 'kind of news' }),
      ...checkCount(placeAt(route, 'severity'), { isList: true, least: 1, what: 'severity' }),
      ...checkCount(placeAt(route, 'to'), { isList: true, least: 1, what: 'channel' }),
    ]),
  ];
};

const hasFleets = (root: unknown): boolean => valueAt(root, 'fleets') !== undefined;

/** Auto Scaling keeps one of its tags for the deployment. */
const checkTags = ({ path, value }: Place): readonly Fault[] => {
  const count = isMapping(value) ? Object.keys(value).length : 1;
  if (count >= 1 && count <= MOST_TAGS) return [];
  return [
    {
      path,
      at: 'key',
      code: 'out-of-range',
      message: count === 0 ? 'found nothing in it' : `found ${count} tags`,
      expected:
        count === 0
          ? 'at least one tag: a fleet of all groups of the deployment would take in each one by mistake'
          : `up to ${MOST_TAGS} tags, since a group has 50 and one is that of the deployment`,
    },
  ];
};

type Limits = Readonly<{ isList?: boolean; least?: number; most?: number; what: string }>;

/** A mapping or a list has as many entries as it must and may have. */
export const checkCount = ({ path, value }: Place, limits: Limits): readonly Fault[] => {
  const { isList = false, least = 0, most = Infinity, what } = limits;
  const isOfKind = isList ? Array.isArray(value) : isMapping(value);
  const count = isOfKind ? Object.keys(value as object).length : least;

  const fault = { path, at: 'key', code: 'out-of-range' } as const;
  if (count < least) {
    return [{ ...fault, message: 'found nothing in it', expected: `at least one ${what}` }];
  }
  if (count <= most) return [];

  const message = `found ${count} entries, but CloudWatch takes ${most} at most`;
  return [{ ...fault, message, expected: `up to ${most} ${what}s` }];
};
