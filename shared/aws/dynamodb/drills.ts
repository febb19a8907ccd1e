import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DRILL_HOPS, type DrillHop } from '#domain/ledger/drill.ts';
import type { NoticeStatus } from '#domain/notify/notice.ts';
import type { Instant } from '#domain/time/instant.ts';
import { endingIn } from './notice-statuses.ts';
import { noticeKey } from './outbox-keys.ts';
import { parseJson } from './overrides.ts';
import { queryItems } from './query-items.ts';
import { readItem } from './read-item.ts';

/** Long enough to look at it again; then the table forgets it. */
const KEPT_SECONDS = 7 * 86_400;

const keyOf = ({ drill, hop, group = '' }: Pick<DrillHop, 'drill' | 'hop' | 'group'>) => ({
  pk: { S: `DRILL#${drill}` },
  sk: { S: `HOP#${hop}#${group}` },
});

/** Writes down that a drill has passed a place. The first time counts, however often the message is repeated. */
export const keepHop =
  (client: DynamoDBClient, table: string) =>
  async (hop: DrillHop): Promise<void> => {
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: {
            ...keyOf(hop),
            body: { S: JSON.stringify(hop) },
            expiresAt: { N: String(Math.floor(hop.at / 1_000) + KEPT_SECONDS) },
          },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
    } catch (thrown) {
      const isThere = thrown instanceof Error && thrown.name === 'ConditionalCheckFailedException';
      if (!isThere) throw thrown;
    }
  };

/** Reads the places that a drill has passed so far. */
export const readHops =
  (client: DynamoDBClient, table: string) =>
  async (drill: string): Promise<readonly DrillHop[]> => {
    const items = await queryItems(client, table, {
      pk: `DRILL#${drill}`,
      first: 'HOP#',
      last: 'HOP#\uFFFF',
      order: 'ascending',
    });
    return items.flatMap(({ body }) => {
      const hop = parseJson(body?.S) as DrillHop | undefined;
      return hop !== undefined && DRILL_HOPS.includes(hop.hop) ? [hop] : [];
    });
  };

/** The end of a piece of news on a channel, and its time. */
export type NoticeEnd = NoticeStatus & Readonly<{ at?: Instant }>;

/** Reads how and when a piece of news ended on a channel; nothing while it waits there. */
export const readNoticeEnd =
  (client: DynamoDBClient, table: string) =>
  async (channel: string, key: string): Promise<NoticeEnd | undefined> => {
    const { pk, sk } = noticeKey(channel, key);
    const item = await readItem(client, table, { pk: pk.S, sk: sk.S });
    const ending = item === undefined ? undefined : endingIn(item);
    if (ending === undefined) return undefined;
    return { ...ending, ...(item?.at?.N === undefined ? {} : { at: Number(item.at.N) }) };
  };
