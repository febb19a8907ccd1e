import { BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { chunks } from '#aws/client/chunks.ts';
import { faultOfLook } from '#domain/ledger/check-stored.ts';
import type { GroupLook } from '#domain/ledger/group-look.ts';
import { SECOND_MS } from '#domain/time/instant.ts';
import { getItems, type Item, KEYS_PER_CALL } from './get-items.ts';
import { parseJson } from './overrides.ts';

/** Messages of a storm wait for minutes; after an hour nobody asks for a look any more. */
const KEPT_SECONDS = 3_600;

/** BatchWriteItem takes at most 25 items. */
const ITEMS_PER_CALL = 25;

const keyOf = (group: string): Item => ({ pk: { S: `GROUP#${group}` }, sk: { S: 'LOOK#scale' } });

/** Reads the newest looks at groups as hints, for half of the units. One that this version cannot read is none. */
export const readLooks =
  (client: DynamoDBClient, table: string) =>
  async (groups: readonly string[]): Promise<ReadonlyMap<string, GroupLook>> => {
    const pages = await Promise.all(
      chunks(groups.map(keyOf), KEYS_PER_CALL).map((keys) =>
        getItems({ client, table, isHint: true }, keys, 'looks'),
      ),
    );
    return new Map(pages.flat().flatMap(lookIn));
  };

const lookIn = ({ pk, body }: Item): readonly (readonly [string, GroupLook])[] => {
  const content = parseJson(body?.S);
  if (faultOfLook(content) !== undefined) return [];
  return [[(pk?.S ?? '').slice('GROUP#'.length), content as GroupLook]];
};

/** Writes looks, 25 in a call, the calls side by side. DynamoDB may leave some unwritten, which does no harm. */
export const writeLooks =
  (client: DynamoDBClient, table: string) =>
  async (looks: ReadonlyMap<string, GroupLook>): Promise<void> => {
    await Promise.all(
      chunks([...looks], ITEMS_PER_CALL).map((chunk) =>
        client.send(
          new BatchWriteItemCommand({
            RequestItems: { [table]: chunk.map(([group, look]) => putOf(group, look)) },
          }),
        ),
      ),
    );
  };

const putOf = (group: string, look: GroupLook) => ({
  PutRequest: {
    Item: {
      ...keyOf(group),
      body: { S: JSON.stringify(look) },
      expiresAt: { N: String(Math.floor(look.began / SECOND_MS) + KEPT_SECONDS) },
    },
  },
});
