import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { decisionKey } from '#domain/ledger/decision-key.ts';
import type { RecordedDecision } from '#domain/ledger/recorded-decision.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Item } from './get-items.ts';
import { queryItems } from './query-items.ts';
import { readItem } from './read-item.ts';

/** The key under which a group's ledger keeps the time of a decision, by its id. */
export const idKey = (group: string, id: string) =>
  ({ pk: `GROUP#${group}`, sk: `ID#${id}` }) as const;

/**
 * Reads when a decision was made, by its id; nothing when the ledger knows no such id, as of decisions that the version
 * before this one recorded.
 */
export const readTimeOf =
  (client: DynamoDBClient, table: string) =>
  async (group: string, id: string): Promise<Instant | undefined> => {
    const item = await readItem(client, table, idKey(group, id));
    return item?.at?.S === undefined ? undefined : Date.parse(item.at.S);
  };

/**
 * Reads all that a decision looked at, as `aws dynamodb query` prints its items: the entry, or the pieces beside it, which
 * one Query finds. A decision without a record has an entry that says why.
 */
export const readRecordOf =
  (client: DynamoDBClient, table: string) =>
  async ({ group, id, at }: RecordedDecision): Promise<string> => {
    const entry = await readItem(client, table, decisionKey({ group, id, at }));
    const pieces =
      entry?.pieces === undefined ? [] : await piecesOf(client, table, { group, id, at });
    return printed([...(entry === undefined ? [] : [entry]), ...pieces]);
  };

const piecesOf = (
  client: DynamoDBClient,
  table: string,
  identity: Pick<RecordedDecision, 'group' | 'id' | 'at'>,
): Promise<readonly Item[]> => {
  const { pk, sk } = decisionKey(identity);
  const first = `${sk.replace(/^DECISION/, 'RECORD')}#`;
  return queryItems(client, table, { pk, first, last: `${first}\uFFFF`, order: 'ascending' });
};

/** Items as the AWS command line prints them: bytes in base64. */
const printed = (items: readonly Item[]): string =>
  JSON.stringify({
    Items: items.map((item) =>
      Object.fromEntries(Object.entries(item).map(([name, value]) => [name, asText(value)])),
    ),
  });

const asText = (value: AttributeValue): object =>
  value.B === undefined ? value : { B: Buffer.from(value.B).toString('base64') };
