import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import {
  addCounts,
  type ChannelCounts,
  COUNT_NAMES,
  countsOf,
  NO_COUNTS,
} from '#domain/notify/channel-counts.ts';
import type { QueueResults } from '#domain/notify/channel-queue.ts';
import { hourOf } from '#domain/notify/channel-state.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Item } from './get-items.ts';
import { hourKey, keptFor, type Table } from './outbox-keys.ts';
import { queryItems } from './query-items.ts';

/** Adds what has ended to the counts of its hour; nothing where nothing counts. */
export const countWrites = (
  { table }: Table,
  channel: string,
  { ended, at }: QueueResults,
): TransactWriteItem[] => {
  const counts = countsOf(ended);
  const names = COUNT_NAMES.filter((name) => counts[name] > 0);
  if (names.length === 0) return [];
  return [
    {
      Update: {
        TableName: table,
        Key: hourKey(channel, hourOf(at)),
        UpdateExpression: `SET expiresAt = :end ADD ${names.map((name) => `${name} :${name}`).join(', ')}`,
        ExpressionAttributeValues: {
          ':end': keptFor(at),
          ...Object.fromEntries(names.map((name) => [`:${name}`, { N: String(counts[name]) }])),
        },
      },
    },
  ];
};

/** The time that is asked for, in whole hours of UTC: the hour of its begin is part of it, the hour of its end is not. */
export type HourRange = Readonly<{ since: Instant; until: Instant }>;

/** Reads what became of news on each of these channels in a time; one that ended nothing has no counts. */
export const readChannelCounts =
  (client: DynamoDBClient, table: string) =>
  async (
    channels: readonly string[],
    { since, until }: HourRange,
  ): Promise<ReadonlyMap<string, ChannelCounts>> => {
    const read = async (channel: string) => {
      const items = await queryItems(client, table, {
        pk: hourKey(channel, 0).pk.S,
        first: hourKey(channel, hourOf(since)).sk.S,
        last: hourKey(channel, until - 1).sk.S,
        order: 'ascending',
      });
      const counts = items.map(countsIn).reduce(addCounts, NO_COUNTS);
      return [channel, counts] as const;
    };
    return new Map(await Promise.all(channels.map(read)));
  };

const countsIn = (item: Item): ChannelCounts =>
  Object.fromEntries(
    COUNT_NAMES.map((name) => [name, Number(item[name]?.N ?? 0)]),
  ) as ChannelCounts;
