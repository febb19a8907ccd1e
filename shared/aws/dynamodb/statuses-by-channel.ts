import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { chunks } from '#aws/client/chunks.ts';
import type { NoticeStatus } from '#domain/notify/notice.ts';
import { getItems, KEYS_PER_CALL } from './get-items.ts';
import { endingIn } from './notice-statuses.ts';
import { noticeKey } from './outbox-keys.ts';

/** Reads how a piece of news ended on each of these channels, by channel; one where it still waits is missing. */
export const readStatusesByChannel =
  (client: DynamoDBClient, table: string) =>
  async (key: string, channels: readonly string[]): Promise<ReadonlyMap<string, NoticeStatus>> => {
    const told = new Map<string, NoticeStatus>();
    for (const chunk of chunks(channels, KEYS_PER_CALL)) {
      const keys = chunk.map((channel) => noticeKey(channel, key));
      for (const item of await getItems({ client, table }, keys, 'notices')) {
        const channel = chunk.find((each) => noticeKey(each, key).pk.S === item.pk?.S);
        const ending = endingIn(item);
        if (channel !== undefined && ending !== undefined) told.set(channel, ending);
      }
    }
    return told;
  };
