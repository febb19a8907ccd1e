import {
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { chunks } from '#aws/client/chunks.ts';
import type { ChannelState } from '#domain/notify/channel-state.ts';
import type { Ending, Waiting } from '#domain/notify/notice.ts';
import type { Talk } from '#domain/notify/thread.ts';
import type { Instant } from '#domain/time/instant.ts';
import {
  type Held,
  keptFor,
  lineKey,
  noticeKey,
  stateKey,
  type Table,
  talkKey,
  whileHeld,
} from './outbox-keys.ts';
import { despiteConflicts } from './retry-on-conflict.ts';

export type Conclusion = Readonly<{
  state: ChannelState;
  ended: readonly Ended[];
  at: Instant;
  talk?: Readonly<{ name: string; talk: Talk }>;
}>;

type Ended = Readonly<{ item: Waiting; ending: Ending }>;

/** A transaction takes 100 writes: two for each item, the state, and the talk. */
const ITEMS_PER_CALL = 45;

/**
 * Takes what has ended out of the line and writes down how it ended, both at once. The state comes with
 * the last of them: until then it still says what is in the air.
 */
export const concludeLine = async (
  at: Table,
  held: Held,
  conclusion: Conclusion,
): Promise<boolean> => {
  const pages = chunks(conclusion.ended, ITEMS_PER_CALL);
  const last = pages.at(-1) ?? [];
  for (const page of pages.slice(0, -1)) {
    const writes = [stillHeld(at, held), ...endingWrites(at, held, { ...conclusion, ended: page })];
    if (!(await transact(at, writes))) return false;
  }

  return transact(at, [
    stateWrite(at, held, conclusion.state),
    ...endingWrites(at, held, { ...conclusion, ended: last }),
    ...talkWrites(at, held, conclusion),
  ]);
};

const transact = async (
  { client }: Table,
  TransactItems: TransactWriteItem[],
): Promise<boolean> => {
  try {
    // Its request token makes the SDK's own retry harmless.
    await despiteConflicts(() => client.send(new TransactWriteItemsCommand({ TransactItems })));
    return true;
  } catch (thrown) {
    if (isLost(thrown)) return false;
    throw thrown;
  }
};

const isLost = (thrown: unknown): boolean =>
  thrown instanceof TransactionCanceledException &&
  (thrown.CancellationReasons ?? []).some(({ Code }) => Code === 'ConditionalCheckFailed');

const stillHeld = ({ table }: Table, held: Held): TransactWriteItem => ({
  ConditionCheck: { TableName: table, Key: stateKey(held.channel), ...whileHeld(held) },
});

const stateWrite = ({ table }: Table, held: Held, state: ChannelState): TransactWriteItem => {
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
  { channel }: Held,
  { ended, at }: Conclusion,
): TransactWriteItem[] =>
  ended.flatMap(({ item, ending }) => [
    { Delete: { TableName, Key: lineKey(channel, item) } },
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

const talkWrites = (
  { table: TableName }: Table,
  { channel }: Held,
  { talk, at }: Conclusion,
): TransactWriteItem[] =>
  talk === undefined
    ? []
    : [
        {
          Put: {
            TableName,
            Item: {
              ...talkKey(channel, talk.name),
              body: { S: JSON.stringify(talk.talk) },
              expiresAt: keptFor(at),
            },
          },
        },
      ];
