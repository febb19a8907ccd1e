import { quote } from '../describe-value.ts';
import type { Fault } from '../fault.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { entriesAt, itemsOf, placeAt } from './places.ts';

/** Routes lead to channels that exist, and are about groups that exist. */
export const checkRoutes = (root: unknown): readonly Fault[] => {
  const file = { path: [], value: root };
  const notify = placeAt(file, 'notify');
  const routes = itemsOf(placeAt(notify, 'routes'));
  const namesIn = (place: Parameters<typeof entriesAt>[0], key: string): readonly string[] =>
    entriesAt(place, key).map(({ path }) => String(path.at(-1)));
  const unknown = (key: string, { what, where, names }: Known): readonly Fault[] =>
    routes
      .flatMap((route) => itemsOf(placeAt(route, key)))
      .filter(({ value }) => typeof value === 'string' && !names.includes(value))
      .map(({ path, value }) => ({
        path,
        code: 'unknown-name',
        message: `no ${what} is named ${quote(String(value))}`,
        expected:
          names.length === 0
            ? `a ${what} that is defined under ${where}; there is none yet`
            : `one of ${names.slice(0, MOST_NAMES).join(', ')}`,
        ...didYouMean(nearest(String(value), names)),
      }));

  return [
    ...unknown('to', {
      what: 'channel',
      where: 'notify.channels',
      names: namesIn(notify, 'channels'),
    }),
    ...unknown('groups', {
      what: 'group',
      where: 'groups',
      names: [...namesIn(file, 'groups'), ...namesIn(file, 'fleets')],
    }),
  ];
};

type Known = Readonly<{ what: string; where: string; names: readonly string[] }>;

const MOST_NAMES = 20;
