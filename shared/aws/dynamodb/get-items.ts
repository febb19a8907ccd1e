import {
  type AttributeValue,
  BatchGetItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;

/** BatchGetItem takes at most 100 keys. */
export const KEYS_PER_CALL = 100;
const MAX_READS = 5;

/** Items of a table; `isHint` takes what a replica has, which may be a second old, for half of the units. */
export type ItemsPlace = Readonly<{ client: DynamoDBClient; table: string; isHint?: boolean }>;

/**
 * The items of up to 100 keys that there are, read consistently unless a hint is enough. What DynamoDB leaves unread
 * is asked for again; it throws when something is left in the end, for that is no empty answer.
 */
export const getItems = async (
  { client, table, isHint = false }: ItemsPlace,
  keys: readonly Item[],
  what: string,
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let rest = [...keys];
  for (let read = 0; rest.length > 0; read += 1) {
    if (read === MAX_READS)
      throw new Error(`DynamoDB left ${rest.length} ${what} of ${table} unread`);

    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({
        RequestItems: { [table]: { Keys: rest, ConsistentRead: !isHint } },
      }),
    );
    items.push(...(Responses?.[table] ?? []));
    rest = UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return items;
};
