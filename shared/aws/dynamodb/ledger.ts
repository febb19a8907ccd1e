import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { chunks } from '#aws/client/chunks.ts';
import { faultOfHead, faultOfOverride } from '#domain/ledger/check-stored.ts';
import type { Head } from '#domain/ledger/head.ts';
import type { Memory } from '#domain/ledger/memory.ts';
import type { Override } from '#domain/ledger/override.ts';
import { getItems, type Item, KEYS_PER_CALL } from './get-items.ts';
import type { EntryPlace } from './ledger-entry.ts';
import { OVERRIDE_KEY, overrideKey, parseJson } from './overrides.ts';
import { headKey, type Lane, type LedgerTable, writeNextVersion } from './write-if-unchanged.ts';

/**
 * The ledger of one lane: consistent reads, and writes that only follow the version before them. With the hash of a
 * configuration beside the table, new entries name it.
 */
export const ledger = <H extends Head>(
  client: DynamoDBClient,
  place: string | EntryPlace,
  lane: Lane,
) => {
  const at = { ...(typeof place === 'string' ? { table: place } : place), lane };
  return { read: readMemories<H>(client, at), write: writeNextVersion<H>(client, at) };
};

/**
 * The ledger of one lane as whoever decides nothing may read it: it may be a second old, and costs half. The override
 * of a group is read with the head for scaling alone.
 */
export const glanceAtLedger = <H extends Head>(
  client: DynamoDBClient,
  table: string,
  lane: Lane,
) => ({ read: readMemories<H>(client, { table, lane, isHint: true }) });

const readMemories =
  <H extends Head>(
    client: DynamoDBClient,
    { table, lane, isHint = false }: LedgerTable & Readonly<{ isHint?: boolean }>,
  ) =>
  async (groups: readonly string[]): Promise<ReadonlyMap<string, Memory<H>>> => {
    const keys = [...new Set(groups)].flatMap((group) => [
      headKey(group, lane),
      ...(isHint && lane === 'heal' ? [] : [overrideKey(group)]),
    ]);
    const pages = await Promise.all(
      chunks(keys, KEYS_PER_CALL).map((chunk) =>
        getItems({ client, table, isHint }, chunk, 'heads'),
      ),
    );

    return memoriesOf(pages.flat(), lane);
  };

/**
 * Another version may have written an item, or a person: what cannot be believed is damage of its group
 * alone.
 */
const memoriesOf = <H extends Head>(
  items: readonly Item[],
  lane: Lane,
): ReadonlyMap<string, Memory<H>> => {
  const memories = new Map<string, Memory<H>>();
  for (const item of items) {
    const group = (item.pk?.S ?? '').slice('GROUP#'.length);
    memories.set(group, { ...memories.get(group), ...partOf<H>(item, lane) });
  }
  return memories;
};

const partOf = <H extends Head>({ sk, body }: Item, lane: Lane): Memory<H> => {
  const isOverride = sk?.S === OVERRIDE_KEY;
  const content = parseJson(body?.S);
  const fault = isOverride ? faultOfOverride(content) : faultOfHead(lane, content);
  if (fault !== undefined) return { damage: `the item ${sk?.S}: ${fault}` };
  return isOverride ? { override: content as Override } : { head: content as H };
};
