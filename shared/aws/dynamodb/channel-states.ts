import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { chunks } from '#aws/client/chunks.ts';
import type { ChannelState } from '#domain/notify/channel-state.ts';
import { getItems, KEYS_PER_CALL } from './get-items.ts';
import { stateKey } from './outbox-keys.ts';
import { parseJson } from './overrides.ts';

/** Reads the states of channels by name; one that was never used has none. */
export const readChannelStates =
  (client: DynamoDBClient, table: string) =>
  async (channels: readonly string[]): Promise<ReadonlyMap<string, ChannelState>> => {
    const states = new Map<string, ChannelState>();
    for (const chunk of chunks(channels, KEYS_PER_CALL)) {
      const items = await getItems(
        { client, table },
        chunk.map((channel) => stateKey(channel)),
        'channels',
      );
      for (const { pk, body } of items) {
        const state = parseJson(body?.S) as ChannelState | undefined;
        if (state !== undefined) states.set((pk?.S ?? '').slice('CHANNEL#'.length), state);
      }
    }
    return states;
  };
