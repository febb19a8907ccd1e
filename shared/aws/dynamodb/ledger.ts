import {
  type DynamoDBClient,
  type TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { chunks } from '#aws/client/chunks.ts';
import type { Entry } from '#domain/lane/entry.ts';
import { faultOfHead, faultOfOverride } from '#domain/ledger/check-stored.ts';
import type { Head } from '#domain/ledger/head.ts';
import type { Memory } from '#domain/ledger/memory.ts';
import type { Override } from '#domain/ledger/override.ts';
import { getItems, type Item, KEYS_PER_CALL } from './get-items.ts';
import { bareEntryWrites, type EntryPlace, entryWrites } from './ledger-entry.ts';
import { openHeadKey } from './open-heads.ts';
import { OVERRIDE_KEY, overrideKey, parseJson } from './overrides.ts';

type Lane = 'scale' | 'heal';
type LedgerTable = EntryPlace & Readonly<{ lane: Lane }>;

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
  return { read: readMemories<H>(client, at), write: writeHead<H>(client, at) };
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

/**
 * Writes a head and, in the same transaction, an entry. False when the stored head has moved. When DynamoDB
 * refuses the record (too large, too much at once), the entry is written without it.
 */
const writeHead =
  <H extends Head>(client: DynamoDBClient, place: LedgerTable) =>
  async (group: string, head: H, entry?: Entry): Promise<boolean> => {
    const headItem = headWrite(place, group, head);
    try {
      return await transact(client, [headItem, ...(entry ? entryWrites(place, entry) : [])]);
    } catch (thrown) {
      const bare = isRefused(thrown)
        ? bareEntryWrites(place, entry, whyRefused(thrown))
        : undefined;
      if (bare === undefined) throw thrown;
      return transact(client, [headItem, ...bare]);
    }
  };

const transact = async (client: DynamoDBClient, items: TransactWriteItem[]): Promise<boolean> => {
  try {
    // Always a transaction: its request token makes the SDK's own retry harmless, where a repeated
    // conditional PutItem would fail on the version that it wrote itself.
    await client.send(new TransactWriteItemsCommand({ TransactItems: items }));
    return true;
  } catch (thrown) {
    if (isLost(thrown)) return false;
    throw thrown;
  }
};

/** DynamoDB has certainly written nothing, and may take less. Of a lost answer nobody knows that. */
const isRefused = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && REFUSALS.includes(thrown.name);

const REFUSALS: readonly string[] = [
  'ValidationException',
  'TransactionCanceledException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'ItemCollectionSizeLimitExceededException',
];

const whyRefused = (thrown: Error): string =>
  [`${thrown.name}: ${thrown.message}`, ...new Set(codesOf(thrown))].join(', ');

const headKey = (group: string, lane: string): Item => ({
  pk: { S: `GROUP#${group}` },
  sk: { S: `HEAD#${lane}` },
});

const headWrite = <H extends Head>(
  { table, lane }: LedgerTable,
  group: string,
  head: H,
): TransactWriteItem => ({
  Put: {
    TableName: table,
    Item: {
      ...headKey(group, lane),
      version: { N: String(head.version) },
      ...openHeadKey(head),
      body: { S: JSON.stringify(head) },
    },
    ...(head.version === 1
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#version = :before',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':before': { N: String(head.version - 1) } },
        }),
  },
});

/** Somebody wrote before us, or is writing at this very moment. */
const isLost = (thrown: unknown): boolean =>
  codesOf(thrown).some(
    (code) => code === 'ConditionalCheckFailed' || code === 'TransactionConflict',
  );

/** Reads why each write of a transaction was cancelled. */
const codesOf = (thrown: unknown): readonly string[] => {
  if (!(thrown instanceof Error) || thrown.name !== 'TransactionCanceledException') return [];
  const { CancellationReasons = [] } = thrown as TransactionCanceledException;
  return CancellationReasons.flatMap(({ Code = 'None' }) => (Code === 'None' ? [] : [Code]));
};
