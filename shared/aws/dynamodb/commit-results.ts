import {
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { chunks } from '#aws/client/chunks.ts';
import type { ChannelLease, QueueResults } from '#domain/notify/channel-queue.ts';
import type { ChannelState } from '#domain/notify/channel-state.ts';
import { countWrites } from './channel-counts.ts';
import {
  keptFor,
  noticeKey,
  queueKey,
  stateKey,
  type Table,
  threadKey,
  whileHeld,
} from './outbox-keys.ts';
import { retryOnConflict } from './retry-on-conflict.ts';

/** A transaction takes 100 writes: two for each item, the state, the counts, and the thread. */
const ITEMS_PER_CALL = 45;

/**
 * Takes what has ended out of the queue and writes down how it ended, both at once. State and counts
 * come with the last of them: until then the state still says what is being sent.
 */
export const commitResults = async (
  at: Table,
  held: ChannelLease,
  results: QueueResults,
): Promise<boolean> => {
  const pages = chunks(results.ended, ITEMS_PER_CALL);
  const last = pages.at(-1) ?? [];
  for (const page of pages.slice(0, -1)) {
    const writes = [stillHeld(at, held), ...endingWrites(at, held, { ...results, ended: page })];
    if (!(await transact(at, writes))) return false;
  }

  return transact(at, [
    stateWrite(at, held, results.state),
    ...endingWrites(at, held, { ...results, ended: last }),
    ...countWrites(at, held.channel, results),
    ...threadWrites(at, held, results),
  ]);
};

const transact = async (
  { client }: Table,
  TransactItems: TransactWriteItem[],
): Promise<boolean> => {
  try {
    // Its request token makes the SDK's own retry harmless.
    await retryOnConflict(() => client.send(new TransactWriteItemsCommand({ TransactItems })));
    return true;
  } catch (thrown) {
    if (isLost(thrown)) return false;
    throw thrown;
  }
};

const isLost = (thrown: unknown): boolean =>
  thrown instanceof TransactionCanceledException &&
  (thrown.CancellationReasons ?? []).some(({ Code }) => Code === 'ConditionalCheckFailed');

const stillHeld = ({ table }: Table, held: ChannelLease): TransactWriteItem => ({
  ConditionCheck: { TableName: table, Key: stateKey(held.channel), ...whileHeld(held) },
});

const stateWrite = (
  { table }: Table,
  held: ChannelLease,
  state: ChannelState,
): TransactWriteItem => {
  const { ExpressionAttributeValues, ...condition } = whileHeld(held);
  return {
    Update: {
      TableName: table,
      Key: stateKey(held.channel),
      ...condition,
      UpdateExpression: 'SET body = :body',
      ExpressionAttributeValues: {
        ...ExpressionAttributeValues,
        ':body': { S: JSON.stringify(state) },
      },
    },
  };
};

const endingWrites = (
  { table: TableName }: Table,
  { channel }: ChannelLease,
  { ended, at }: QueueResults,
): TransactWriteItem[] =>
  ended.flatMap(({ item, ending }) => [
    { Delete: { TableName, Key: queueKey(channel, item) } },
    {
      Put: {
        TableName,
        Item: {
          ...noticeKey(channel, item.key),
          status: { S: ending.kind },
          ...(ending.to === undefined ? {} : { to: { S: ending.to } }),
          at: { N: String(at) },
          expiresAt: keptFor(at),
        },
      },
    },
  ]);

const threadWrites = (
  { table: TableName }: Table,
  { channel }: ChannelLease,
  { thread, at }: QueueResults,
): TransactWriteItem[] =>
  thread === undefined
    ? []
    : [
        {
          Put: {
            TableName,
            Item: {
              ...threadKey(channel, thread.name),
              body: { S: JSON.stringify(thread.thread) },
              expiresAt: keptFor(at),
            },
          },
        },
      ];
