import {
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Item } from './get-items.ts';

/** A part of a partition: the items whose sort keys lie between two, both inclusive. */
export type KeyRange = Readonly<{
  pk: string;
  first: string;
  last: string;
  order: 'ascending' | 'descending';
  /** No more than so many, the first in that order; all when absent. */
  most?: number;
  /** The attributes that are wanted; all when absent. */
  attributes?: readonly string[];
}>;

/** A page has at most so many: a Query is charged for whole items, and a page of DynamoDB ends at 1 MB anyway. */
const MOST_IN_PAGE = 1_000;

/** The items of a range, read consistently, in as many pages as it takes. */
export const queryItems = async (
  client: DynamoDBClient,
  table: string,
  range: KeyRange,
): Promise<readonly Item[]> => {
  const { most = Number.POSITIVE_INFINITY } = range;
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        ...queryOf(table, range),
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined && items.length < most);
  return items.slice(0, most);
};

const queryOf = (
  table: string,
  { pk, first, last, order, most = MOST_IN_PAGE, attributes }: KeyRange,
): QueryCommandInput => ({
  TableName: table,
  KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
  ExpressionAttributeValues: {
    ':pk': { S: pk },
    ':first': { S: first },
    ':last': { S: last },
  },
  ScanIndexForward: order === 'ascending',
  Limit: Math.min(most, MOST_IN_PAGE),
  ConsistentRead: true,
  ...(attributes === undefined ? {} : projectionOf(attributes)),
});

/** Names of attributes may be reserved words. */
const projectionOf = (attributes: readonly string[]) => ({
  ProjectionExpression: attributes.map((name) => `#${name}`).join(', '),
  ExpressionAttributeNames: Object.fromEntries(attributes.map((name) => [`#${name}`, name])),
});
