import { quote } from '../describe-value.ts';
import type { Fault } from '../fault.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { entriesAt, itemsOf, placeAt } from './places.ts';

/** Routes lead to channels that exist. */
export const checkRoutes = (root: unknown): readonly Fault[] => {
  const notify = placeAt({ path: [], value: root }, 'notify');
  const names = entriesAt(notify, 'channels').map(({ path }) => String(path.at(-1)));

  return itemsOf(placeAt(notify, 'routes'))
    .flatMap((route) => itemsOf(placeAt(route, 'to')))
    .filter(({ value }) => typeof value === 'string' && !names.includes(value))
    .map(({ path, value }) => ({
      path,
      code: 'unknown-name',
      message: `no channel is named ${quote(String(value))}`,
      expected:
        names.length === 0
          ? 'a channel that is defined under notify.channels; there is none yet'
          : `one of ${names.slice(0, MOST_NAMES).join(', ')}`,
      ...didYouMean(nearest(String(value), names)),
    }));
};

const MOST_NAMES = 20;
