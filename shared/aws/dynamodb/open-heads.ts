import { type AttributeValue, type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { hasLeftovers, OPEN_HEADS_INDEX } from '#domain/health/left-behind.ts';
import type { Head } from '#domain/ledger/head.ts';

const LANE = 'heal';

/** Puts a head into the index of open heads, or leaves it out. */
export const openHeadKey = (head: Head): Record<string, AttributeValue> =>
  'probations' in head && hasLeftovers(head) ? { openLane: { S: LANE } } : {};

/** The groups that have open heads in healing, whether they are in the configuration or not. */
export const readOpenHeads =
  (client: DynamoDBClient, table: string) => async (): Promise<readonly string[]> => {
    const groups: string[] = [];
    const input = {
      TableName: table,
      IndexName: OPEN_HEADS_INDEX,
      KeyConditionExpression: 'openLane = :lane',
      ExpressionAttributeValues: { ':lane': { S: LANE } },
    };
    for await (const { Items = [] } of paginateQuery({ client }, input)) {
      groups.push(...Items.map(({ pk }) => (pk?.S ?? '').slice('GROUP#'.length)));
    }
    return groups;
  };
