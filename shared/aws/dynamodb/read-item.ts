import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Item } from './get-items.ts';

/** Reads one item, consistently; nothing when there is none. */
export const readItem = async (
  client: DynamoDBClient,
  table: string,
  key: Readonly<Record<'pk' | 'sk', string>>,
): Promise<Item | undefined> => {
  const { Item } = await client.send(
    new GetItemCommand({
      TableName: table,
      Key: { pk: { S: key.pk }, sk: { S: key.sk } },
      ConsistentRead: true,
    }),
  );
  return Item;
};
