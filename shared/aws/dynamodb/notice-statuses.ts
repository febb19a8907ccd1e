import { chunks } from '#aws/client/chunks.ts';
import { isFinal, type NoticeStatus, type Waiting } from '#domain/notify/notice.ts';
import { getItems, type Item, KEYS_PER_CALL } from './get-items.ts';
import { noticeKey, type Table } from './outbox-keys.ts';

/** Reads how items ended on a channel, by key; a missing item has something left to do. */
export const readStatuses = async (
  at: Table,
  channel: string,
  waiting: readonly Waiting[],
): Promise<ReadonlyMap<string, NoticeStatus>> => {
  const byKey = new Map(waiting.map((item) => [item.key, item]));
  const found = new Map<string, NoticeStatus>();
  for (const chunk of chunks([...byKey.keys()], KEYS_PER_CALL)) {
    const names = new Map(
      chunk.map((key) => [noticeKey(channel, key).pk.S as string | undefined, key]),
    );
    for (const record of await getItems(
      at,
      chunk.map((key) => noticeKey(channel, key)),
      'notices',
    )) {
      const item = byKey.get(names.get(record.pk?.S) ?? '');
      const ending = endingIn(record);
      if (item !== undefined && isFinal(item, ending)) found.set(item.key, ending);
    }
  }
  return found;
};

/** Reads how an item of the table says that a piece of news ended. */
export const endingIn = ({ status, to }: Item): NoticeStatus | undefined => {
  const kind = KINDS.find((each) => each === (OLDER_NAMES.get(status?.S ?? '') ?? status?.S));
  return kind && { kind, ...(to?.S === undefined ? {} : { to: to.S }) };
};

/** The version before this one wrote two of them under other names. */
const OLDER_NAMES: ReadonlyMap<string, NoticeStatus['kind']> = new Map([
  ['diverted', 'failed-over'],
  ['withheld', 'dropped'],
]);

/** An older version also wrote what had only begun; that counts for nothing. */
const KINDS: readonly NoticeStatus['kind'][] = [
  'sent',
  'refused',
  'uncertain',
  'failed-over',
  'dropped',
  'needless',
];
