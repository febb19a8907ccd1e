import {
  type DynamoDBClient,
  type TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Entry } from '#domain/lane/entry.ts';
import type { Head } from '#domain/ledger/head.ts';
import type { Item } from './get-items.ts';
import { bareEntryWrites, type EntryPlace, entryWrites } from './ledger-entry.ts';
import { openHeadKey } from './open-heads.ts';

export type Lane = 'scale' | 'heal';
export type LedgerTable = EntryPlace & Readonly<{ lane: Lane }>;

/**
 * Writes the next version of a head and, in the same transaction, an entry. This is what keeps two invocations from
 * acting on one group at once: no lock is held, but only the first that follows a version is written, before anything is
 * changed. False when the stored head has moved. When DynamoDB refuses the record (too large, too much at once), the
 * entry is written without it.
 */
export const writeNextVersion =
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

export const headKey = (group: string, lane: string): Item => ({
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
