import type { Fault } from '../fault.ts';
import { isMapping } from '../mapping.ts';
import { entriesAt, itemsOf, placeAt } from './places.ts';

/** The report is for channels that show it: one that keeps incidents would open one for it. */
export const checkReport = (root: unknown): readonly Fault[] => {
  const notify = placeAt({ path: [], value: root }, 'notify');
  const keepers = entriesAt(notify, 'channels')
    .filter(({ value }) => isMapping(value) && Object.hasOwn(value, 'pagerduty'))
    .map(({ path }) => path.at(-1));
  return itemsOf(placeAt(placeAt(notify, 'report'), 'to'))
    .filter(({ value }) => keepers.includes(value as string))
    .map(({ path, value }) => ({
      path,
      code: 'conflict',
      message: `${String(value)} is a channel of PagerDuty, which keeps incidents and takes no reports`,
      expected: 'a channel of Slack, Teams, e-mail or a webhook',
    }));
};
