import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Decision } from '../domain/decision.ts';
import { decisionKey } from '../domain/decision-key.ts';
import type { Entry } from '../domain/entry.ts';

const KEPT_SECONDS = 30 * 86_400;

/** The write that opens or closes an entry. The record itself is one JSON text, kept to the byte. */
export const entryWrite = (table: string, entry: Entry): TransactWriteItem =>
  entry.kind === 'open' ? open(table, entry) : close(table, entry);

const open = (
  table: string,
  { decision, observation, status }: Extract<Entry, { kind: 'open' }>,
): TransactWriteItem => ({
  Put: {
    TableName: table,
    Item: {
      ...keyOf(decision),
      status: { S: status },
      reason: { S: decision.reason },
      summary: { S: decision.summary },
      record: { S: JSON.stringify({ schemaVersion: 1, decision, observation }) },
      expiresAt: { N: String(Math.floor(decision.at / 1_000) + KEPT_SECONDS) },
    },
  },
});

const close = (
  table: string,
  { decision, status, settledAt, outcome }: Extract<Entry, { kind: 'close' }>,
): TransactWriteItem => ({
  Update: {
    TableName: table,
    Key: keyOf(decision),
    UpdateExpression: 'SET #status = :status, settledAt = :settledAt, outcome = :outcome',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':status': { S: status },
      ':settledAt': { S: new Date(settledAt).toISOString() },
      ':outcome': outcome ? { S: JSON.stringify(outcome) } : { NULL: true },
    },
  },
});

const keyOf = (decision: Decision): Record<string, AttributeValue> => {
  const { pk, sk } = decisionKey(decision);
  return { pk: { S: pk }, sk: { S: sk } };
};
