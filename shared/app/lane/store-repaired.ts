import type { Head } from '#domain/ledger/head.ts';
import type { LanePorts } from './ports.ts';
import type { Step } from './retry-lost-race.ts';

type RepairedHead<H extends Head> = Readonly<{ group: Readonly<{ name: string }>; head: H }>;

/** The detail of the note about such a head. */
export const TIMES_AHEAD =
  'what is remembered had times ahead of now: a clock was wrong, and they count from now';

/** Stores a head whose times a wrong clock had written ahead, so that they age; then all is looked at anew. */
export const storeRepaired = async <H extends Head>(
  { ledger, note }: LanePorts<H>,
  { group, head }: RepairedHead<H>,
): Promise<Step> => {
  note({ kind: 'coalesced', group: group.name, detail: TIMES_AHEAD });
  await ledger.write(group.name, { ...head, version: head.version + 1 });
  return 'again';
};
