import type { Path } from '../fault.ts';
import { entriesOf, valueAt } from '../mapping.ts';

/** A part of the file as it stands there, well-formed or not. */
export type Place = Readonly<{ path: Path; value: unknown }>;

/** Groups and fleets, which are written alike. */
export const groupsIn = (root: unknown): readonly Place[] => [
  ...entriesAt({ path: [], value: root }, 'groups'),
  ...entriesAt({ path: [], value: root }, 'fleets'),
];

/** Every metric, and every metric within an expression. */
export const metricsIn = (root: unknown): readonly Place[] =>
  groupsIn(root)
    .flatMap((group) => entriesAt(group, 'metrics'))
    .flatMap((metric) => [metric, ...entriesAt(metric, 'uses')]);

/** The entries of a mapping below a key. */
export const entriesAt = ({ path, value }: Place, key: string): readonly Place[] =>
  entriesOf(valueAt(value, key)).map(([name, entry]) => ({
    path: [...path, key, name],
    value: entry,
  }));

/** A place below another. */
export const placeAt = ({ path, value }: Place, key: string): Place => ({
  path: [...path, key],
  value: valueAt(value, key),
});

/** The items of a list; none of anything else. */
export const itemsOf = ({ path, value }: Place): readonly Place[] =>
  Array.isArray(value) ? value.map((each, index) => ({ path: [...path, index], value: each })) : [];
