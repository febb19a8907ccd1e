import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { hourOf, type Spent } from '../domain/budget.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '../domain/instant.ts';

const KEPT_MS = 48 * 60 * MINUTE_MS;

/** How many messages each channel got: one counter for each channel and hour. */
export const budgets = (client: DynamoDBClient, table: string) => {
  const add = async (channel: string, now: Instant, amount: number): Promise<number> => {
    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: keyOf(channel, hourOf(now)),
        UpdateExpression: 'ADD messages :amount SET expiresAt = :end',
        ExpressionAttributeValues: {
          ':amount': { N: String(amount) },
          ':end': { N: String(Math.floor((now + KEPT_MS) / SECOND_MS)) },
        },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    return Number(Attributes?.messages?.N ?? 0);
  };
  const read = async (channel: string, hour: Instant): Promise<number> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: keyOf(channel, hour) }),
    );
    return Number(Item?.messages?.N ?? 0);
  };

  return {
    spend: async (channel: string, now: Instant): Promise<Spent> => {
      const count = await add(channel, now, 1);
      return { count, before: count === 1 ? await read(channel, hourOf(hourOf(now) - 1)) : 0 };
    },
    giveBack: async (channel: string, now: Instant): Promise<void> => {
      await add(channel, now, -1);
    },
  };
};

const keyOf = (channel: string, hour: Instant): Record<string, AttributeValue> => ({
  pk: { S: `BUDGET#${channel}` },
  sk: { S: `HOUR#${new Date(hour).toISOString()}` },
});
