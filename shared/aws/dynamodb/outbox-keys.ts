import { createHash } from 'node:crypto';
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ChannelLease } from '#domain/notify/channel-queue.ts';
import { isUrgent } from '#domain/notify/news.ts';
import type { Waiting } from '#domain/notify/notice.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';

export type Table = Readonly<{ client: DynamoDBClient; table: string }>;

type Key = Readonly<Record<'pk' | 'sk', AttributeValue.SMember>>;

const keyOf = (pk: string, sk: string): Key => ({ pk: { S: pk }, sk: { S: sk } });

export const stateKey = (channel: string): Key => keyOf(`CHANNEL#${channel}`, 'STATE');

export const threadKey = (channel: string, name: string): Key =>
  keyOf(`CHANNEL#${channel}`, `TALK#${hashOf(name)}`);

/** Keys sort urgent items first, so that a page of the queue has them; then by time. */
export const queueKey = (channel: string, { key, news }: Waiting): Key =>
  keyOf(
    `CHANNEL#${channel}`,
    `LINE#${isUrgent(news) ? 0 : 1}#${new Date(news.at).toISOString()}#${hashOf(key)}`,
  );

export const noticeKey = (channel: string, key: string): Key =>
  keyOf(`NOTICE#${key}#${channel}`, 'NOTICE');

/** The counts of an hour of UTC. */
export const hourKey = (channel: string, hour: Instant): Key =>
  keyOf(`CHANNEL#${channel}`, `HOUR#${new Date(hour).toISOString()}`);

/** Names may be longer than a sort key. */
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Long enough for what is redriven from a dead-letter queue, which keeps it for 14 days. */
const KEPT_SECONDS = 30 * 86_400;

export const keptFor = (at: Instant): AttributeValue => ({
  N: String(Math.floor(at / SECOND_MS) + KEPT_SECONDS),
});

/** The condition that nobody else has taken the channel over. */
export const whileHeld = ({ token }: ChannelLease) => ({
  ConditionExpression: '#token = :token',
  ExpressionAttributeNames: { '#token': 'token' },
  ExpressionAttributeValues: { ':token': { S: token } as AttributeValue },
});
