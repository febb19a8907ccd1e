import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Outcome } from '#domain/ledger/outcome.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import type { RecordedDecision } from '#domain/ledger/recorded-decision.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Item } from './get-items.ts';
import { parseJson } from './overrides.ts';

/** The part of a group's decisions that is wanted. */
export type DecisionRange = Readonly<{
  group: string;
  /** The earliest, inclusive; from the begin of the ledger when absent. */
  since?: Instant;
  /** The latest, inclusive; the newest when absent. */
  until?: Instant;
  /** No more than so many, the newest; all when absent. */
  most?: number;
}>;

/**
 * Lists the decisions of a group, the newest first, by one Query in as many pages as it takes. What they looked at is not
 * read: it stays in the table.
 */
export const listDecisions =
  (client: DynamoDBClient, table: string) =>
  async (range: DecisionRange): Promise<readonly RecordedDecision[]> => {
    const { most = Number.POSITIVE_INFINITY } = range;
    const found: RecordedDecision[] = [];
    let start: Item | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          ...queryOf(table, range),
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        }),
      );
      found.push(...(page.Items ?? []).map(decisionIn));
      start = page.LastEvaluatedKey;
    } while (start !== undefined && found.length < most);
    return found.slice(0, most);
  };

/** A page has at most so many: a Query is charged for whole items, and a page of DynamoDB ends at 1 MB anyway. */
const MOST_IN_PAGE = 1_000;

const queryOf = (
  table: string,
  { group, since, until, most }: DecisionRange,
): QueryCommandInput => ({
  TableName: table,
  KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
  ExpressionAttributeValues: {
    ':pk': { S: `GROUP#${group}` },
    ':first': { S: `${PREFIX}${since === undefined ? '' : isoOf(since)}` },
    // The id comes after the time, and every letter of it comes before this one.
    ':last': { S: `${PREFIX}${until === undefined ? '' : isoOf(until)}\uFFFF` },
  },
  ScanIndexForward: false,
  Limit: Math.min(most ?? MOST_IN_PAGE, MOST_IN_PAGE),
  ConsistentRead: true,
  ProjectionExpression: LISTED.map((name) => `#${name}`).join(', '),
  ExpressionAttributeNames: Object.fromEntries(LISTED.map((name) => [`#${name}`, name])),
});

const PREFIX = 'DECISION#';

/** The attributes of an entry but its record. */
const LISTED = [
  'pk',
  'sk',
  'status',
  'reason',
  'summary',
  'settledAt',
  'outcome',
  'recordMissing',
  'configuration',
];

const isoOf = (at: Instant): string => new Date(at).toISOString();

/** An item of the ledger as a decision. Both halves of its key tell what it is about. */
const decisionIn = (item: Item): RecordedDecision => {
  const [, at = '', ...id] = (item.sk?.S ?? '').split('#');
  const outcome = parseJson(item.outcome?.S) as Outcome | undefined;
  const { settledAt, recordMissing, configuration } = item;
  return {
    id: id.join('#'),
    group: (item.pk?.S ?? '').slice('GROUP#'.length),
    at: Date.parse(at),
    status: (item.status?.S ?? 'held') as RecordedDecision['status'],
    reason: (item.reason?.S ?? '') as Reason,
    summary: item.summary?.S ?? '',
    ...(settledAt?.S === undefined ? {} : { settledAt: Date.parse(settledAt.S) }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(configuration?.S === undefined ? {} : { configuration: configuration.S }),
    ...(recordMissing?.S === undefined ? {} : { recordMissing: recordMissing.S }),
  };
};

/** Reads one item; nothing when there is none. */
export const readItem = async (
  client: DynamoDBClient,
  table: string,
  key: Readonly<Record<'pk' | 'sk', string>>,
): Promise<Record<string, AttributeValue> | undefined> => {
  const { Item } = await client.send(
    new GetItemCommand({
      TableName: table,
      Key: { pk: { S: key.pk }, sk: { S: key.sk } },
      ConsistentRead: true,
    }),
  );
  return Item;
};
