import { plainNames, validNames } from '#parse/configuration/words/names.ts';
import { quote } from '../describe-value.ts';
import type { Fault } from '../fault.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { entriesAt, itemsOf, type Place, placeAt } from './places.ts';

/** Routes and the report lead to channels that exist; routes are about groups that exist. */
export const checkRoutes = (root: unknown): readonly Fault[] => {
  const file = { path: [], value: root };
  const notify = placeAt(file, 'notify');
  const routes = itemsOf(placeAt(notify, 'routes'));
  const itemsIn = (key: string) => routes.flatMap((route) => itemsOf(placeAt(route, key)));
  const namesIn = (place: Parameters<typeof entriesAt>[0], key: string): readonly string[] =>
    entriesAt(place, key).map(({ path }) => String(path.at(-1)));
  const unknown = (places: readonly Place[], { what, where, names }: Known): readonly Fault[] =>
    places
      .filter(({ value }) => typeof value === 'string' && !names.includes(value))
      .map(({ path, value }) => ({
        path,
        code: 'unknown-name',
        message: `no ${what} is named ${quote(String(value))}`,
        expected:
          names.length === 0
            ? `a ${what} that is defined under ${where}; there is none yet`
            : `one of ${names.slice(0, MOST_NAMES).join(', ')}`,
        ...didYouMean(nearest(String(value), validNames(names, plainNames(what)))),
      }));

  return [
    ...unknown([...itemsIn('to'), ...itemsOf(placeAt(placeAt(notify, 'report'), 'to'))], {
      what: 'channel',
      where: 'notify.channels',
      names: namesIn(notify, 'channels'),
    }),
    ...unknown(itemsIn('groups'), {
      what: 'group',
      where: 'groups',
      names: [...namesIn(file, 'groups'), ...namesIn(file, 'fleets')],
    }),
  ];
};

type Known = Readonly<{ what: string; where: string; names: readonly string[] }>;

const MOST_NAMES = 20;
