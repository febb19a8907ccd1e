import { randomUUID } from 'node:crypto';
import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { ChannelLease, ChannelQueue, QueueResults } from '#domain/notify/channel-queue.ts';
import type { ChannelState } from '#domain/notify/channel-state.ts';
import type { Waiting } from '#domain/notify/notice.ts';
import type { Thread } from '#domain/notify/thread.ts';
import type { Instant } from '#domain/time/instant.ts';
import { commitResults } from './commit-results.ts';
import { acquire, change } from './lease-channel.ts';
import { readStatuses } from './notice-statuses.ts';
import { keptFor, queueKey, stateKey, type Table, threadKey } from './outbox-keys.ts';
import { retryOnConflict } from './retry-on-conflict.ts';

/** The memory of what is to be told and was told, on each channel. */
export const outbox = (client: DynamoDBClient, table: string) => {
  const at = { client, table };

  return {
    enqueue: async (channel: string, items: readonly Waiting[]) => {
      const over = await readStatuses(at, channel, items);
      const open = items.filter(({ key }) => !over.has(key));
      await Promise.all(open.map((item) => enqueueItem(at, channel, item)));
      return over;
    },
    isEmpty: async (channel: string): Promise<boolean> =>
      (await queryQueue(at, channel, 1)).length === 0,
    open: async (channel: string, now: Instant): Promise<ChannelQueue | undefined> => {
      const held = { channel, token: randomUUID() };
      const state = await acquire(at, held, now);
      return state === undefined ? undefined : queueOf(at, held, state);
    },
    save: (held: ChannelLease, state: ChannelState): Promise<boolean> =>
      change(at, held, {
        UpdateExpression: 'SET body = :body',
        ExpressionAttributeValues: { ':body': { S: JSON.stringify(state) } },
      }),
    commit: (held: ChannelLease, results: QueueResults) => commitResults(at, held, results),
    close: (held: ChannelLease) => release(at, held),
    readThread: async (channel: string, name: string): Promise<Thread | undefined> => {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: table,
          Key: threadKey(channel, name),
          ConsistentRead: true,
        }),
      );
      return Item?.body?.S === undefined ? undefined : (JSON.parse(Item.body.S) as Thread);
    },
  };
};

/** Reads the queue of a channel; a failure releases the channel at once. */
const queueOf = async (
  at: Table,
  held: ChannelLease,
  state: ChannelState,
): Promise<ChannelQueue> => {
  try {
    return { ...held, state, waiting: await waitingIn(at, held.channel) };
  } catch (thrown) {
    await release(at, held).catch(() => undefined);
    throw thrown;
  }
};

const release = async (at: Table, held: ChannelLease): Promise<void> => {
  await change(at, held, { UpdateExpression: 'REMOVE #token' });
};

/** The first time counts: an item that is delivered again has waited since then. */
const enqueueItem = async (
  { client, table }: Table,
  channel: string,
  item: Waiting,
): Promise<void> => {
  await retryOnConflict(() =>
    client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: queueKey(channel, item),
        UpdateExpression: 'SET body = if_not_exists(body, :body), expiresAt = :end',
        ExpressionAttributeValues: {
          ':body': { S: JSON.stringify(item) },
          ':end': keptFor(item.since),
        },
      }),
    ),
  );
};

const queryQueue = async ({ client, table }: Table, channel: string, limit?: number) => {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :line)',
      ExpressionAttributeValues: { ':pk': stateKey(channel).pk, ':line': { S: 'LINE#' } },
      ConsistentRead: true,
      ...(limit === undefined ? {} : { Limit: limit }),
    }),
  );
  return Items;
};

/** Reads the items of a queue; one that has ended was queued again by somebody who did not know yet. */
const waitingIn = async (at: Table, channel: string): Promise<readonly Waiting[]> => {
  const items = await queryQueue(at, channel);
  const waiting = items.map(({ body }) => waitingFrom(JSON.parse(body?.S ?? '')));
  const over = await readStatuses(at, channel, waiting);
  const ghosts = waiting.filter(({ key }) => over.has(key));
  await Promise.all(ghosts.map((item) => remove(at, channel, item)));
  return waiting.filter(({ key }) => !over.has(key));
};

/** An item of the queue. The version before this one called its fallbacks deputies. */
const waitingFrom = ({
  deputies = [],
  fallbacks = deputies,
  ...item
}: Omit<Waiting, 'fallbacks'> &
  Readonly<{ fallbacks?: readonly string[]; deputies?: readonly string[] }>): Waiting => ({
  ...item,
  fallbacks,
});

const remove = async ({ client, table }: Table, channel: string, item: Waiting): Promise<void> => {
  await client.send(new DeleteItemCommand({ TableName: table, Key: queueKey(channel, item) }));
};
