import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { LastSweep, ShardLook } from '#domain/status/deployment-status.ts';
import { DAY_SECONDS, type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { type Deployed, keepConfiguration } from './configurations.ts';
import { queryItems } from './query-items.ts';
import { readItem } from './read-item.ts';

const KEY = { pk: 'SWEEP', sk: 'LAST' } as const;

/** The begin of the sort keys of shards, beside the sweep itself. */
const SHARD = 'SHARD#';

/**
 * Writes down when the sweep looked, with which configuration, and in which shards it sent groups. The first look with another configuration keeps that
 * one before: a crash in between keeps it again at the next look.
 */
export const recordSweep =
  (client: DynamoDBClient, table: string, deployed: Deployed) =>
  async (at: Instant, shards: readonly string[] = []): Promise<void> => {
    const { hash } = deployed.source;
    const before = await readItem(client, table, KEY);
    if (before?.configuration?.S !== hash) {
      await keepConfiguration(client, table, { ...deployed, at });
    }
    await client.send(
      new PutItemCommand({
        TableName: table,
        Item: {
          pk: { S: KEY.pk },
          sk: { S: KEY.sk },
          at: { S: new Date(at).toISOString() },
          configuration: { S: hash },
          ...(shards.length === 0 ? {} : { shards: { L: shards.map((name) => ({ S: name })) } }),
        },
      }),
    );
  };

/** Shards become fewer as groups do: nobody asks for one that nobody has looked at for so long. */
const SHARD_KEPT_SECONDS = 7 * DAY_SECONDS;

/** Writes down when a shard of the sweep was looked at. */
export const recordShard =
  (client: DynamoDBClient, table: string) =>
  async (shard: string, at: Instant): Promise<void> => {
    await client.send(
      new PutItemCommand({
        TableName: table,
        Item: {
          pk: { S: KEY.pk },
          sk: { S: `${SHARD}${shard}` },
          at: { S: new Date(at).toISOString() },
          expiresAt: { N: String(Math.floor(at / SECOND_MS) + SHARD_KEPT_SECONDS) },
        },
      }),
    );
  };

/** Reads when the sweep looked last; nothing when it never did, or in the version before this one. */
export const readLastSweep =
  (client: DynamoDBClient, table: string) => async (): Promise<LastSweep | undefined> => {
    const item = await readItem(client, table, KEY);
    if (item?.at?.S === undefined) return undefined;
    const { configuration, shards } = item;
    const names = (shards?.L ?? []).flatMap(({ S }) => S ?? []);
    return {
      at: Date.parse(item.at.S),
      ...(configuration?.S === undefined ? {} : { configuration: configuration.S }),
      ...(names.length === 0 ? {} : { shards: await readShards(client, table, names) }),
    };
  };

const readShards = async (
  client: DynamoDBClient,
  table: string,
  names: readonly string[],
): Promise<readonly ShardLook[]> => {
  const range = {
    pk: KEY.pk,
    first: SHARD,
    last: `${SHARD}\u{10ffff}`,
    order: 'ascending',
  } as const;
  const items = await queryItems(client, table, range);
  const times = new Map(items.map(({ sk, at }) => [sk?.S, at?.S]));
  return names.map((shard) => {
    const at = times.get(`${SHARD}${shard}`);
    return at === undefined ? { shard } : { shard, at: Date.parse(at) };
  });
};
