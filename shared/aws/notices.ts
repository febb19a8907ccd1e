import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Instant, SECOND_MS } from '../domain/instant.ts';
import type { Claim, Ending, Notice } from '../domain/notice.ts';

/** The memory of what was told on which channel: one item for each notice, written conditionally. */
export const notices = (client: DynamoDBClient, table: string) => {
  const write = putIf(client, table);
  const claimIf = async (notice: Notice, at: Instant, condition: Condition): Promise<Claim> => {
    const record = { status: 'claimed', token: randomUUID(), at } as const;
    return claimOf(await write(notice, record, condition), record.token);
  };

  return {
    claim: (notice: Notice, now: Instant) => claimIf(notice, now, free(now)),
    takeOver: (notice: Notice, token: string, now: Instant) => claimIf(notice, now, heldBy(token)),
    end: async (notice: Notice, token: string, ending: Ending): Promise<void> => {
      const { kind: status, at } = ending;
      const until = ending.kind === 'released' ? { until: ending.until } : {};
      await write(notice, { status, token, at, ...until }, heldBy(token));
    },
  };
};

type Item = Record<string, AttributeValue>;
type Condition = Readonly<{ expression: string; values: Item }>;
type NoticeRecord = Readonly<{ status: string; token: string; at: Instant; until?: Instant }>;

/** Nobody has begun, or whoever did failed and has waited long enough. */
const free = (now: Instant): Condition => ({
  expression: 'attribute_not_exists(pk) OR (#status = :released AND #until <= :now)',
  values: { ':released': { S: 'released' }, ':now': { N: String(now) } },
});

const heldBy = (token: string): Condition => ({
  expression: '#status = :claimed AND #token = :token',
  values: { ':claimed': { S: 'claimed' }, ':token': { S: token } },
});

const NAMES = { '#status': 'status', '#until': 'until', '#token': 'token' } as const;

/** Writes the whole item. When the condition does not hold, answers what is there instead. */
const putIf =
  (client: DynamoDBClient, table: string) =>
  async (
    notice: Notice,
    record: NoticeRecord,
    { expression, values }: Condition,
  ): Promise<Item | undefined> => {
    const names = Object.entries(NAMES).filter(([name]) => expression.includes(name));
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: itemOf(notice, record),
          ConditionExpression: expression,
          ExpressionAttributeNames: Object.fromEntries(names),
          ExpressionAttributeValues: values,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return undefined;
    } catch (thrown) {
      if (thrown instanceof ConditionalCheckFailedException) return thrown.Item ?? {};
      throw thrown;
    }
  };

/** Long enough for what is redriven from a dead-letter queue, which keeps it for 14 days. */
const KEPT_SECONDS = 30 * 86_400;

const itemOf = ({ news, channel }: Notice, { status, token, at, until }: NoticeRecord): Item => ({
  pk: { S: `NOTICE#${news}#${channel}` },
  sk: { S: 'NOTICE' },
  status: { S: status },
  token: { S: token },
  at: { N: String(at) },
  ...(until === undefined ? {} : { until: { N: String(until) } }),
  expiresAt: { N: String(Math.floor(at / SECOND_MS) + KEPT_SECONDS) },
});

/** An item with our own token is one that the SDK wrote, lost the answer of, and tried again. */
const claimOf = (found: Item | undefined, token: string): Claim => {
  if (found === undefined || found.token?.S === token) return { kind: 'ours', token };

  switch (found.status?.S) {
    case 'claimed':
      return { kind: 'taken', token: found.token?.S ?? '', since: Number(found.at?.N) };
    case 'released':
      return { kind: 'waiting', until: Number(found.until?.N) };
    case undefined:
      throw new Error('DynamoDB refused to write a notice and did not say what is there instead');
    default:
      return { kind: 'closed' };
  }
};
