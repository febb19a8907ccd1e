import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { faultOfOverride } from '#domain/ledger/check-stored.ts';
import type { Override } from '#domain/ledger/override.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';

/** Kept for a day after its end, so that how it ended can be told; then the table forgets it. */
const KEPT_SECONDS = 86_400;

/** The sort key of the one override that a group can have. */
export const OVERRIDE_KEY = 'OVERRIDE';

export const overrideKey = (group: string): Record<string, AttributeValue> => ({
  pk: { S: `GROUP#${group}` },
  sk: { S: OVERRIDE_KEY },
});

/** The overrides of a table, for the people who set them. Evaluations read them with their heads. */
export const overrides = (client: DynamoDBClient, table: string) => ({
  /** The override of a group, in force or over. */
  read: async (group: string): Promise<Override | undefined> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: overrideKey(group), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : overrideIn(group, Item.body?.S);
  },
  /** Writes the override if the stored one is still the one that was read. False when it is not. */
  write: async (
    group: string,
    override: Override,
    read: Override | undefined,
  ): Promise<boolean> => {
    try {
      await client.send(new PutItemCommand({ TableName: table, ...putOf(group, override, read) }));
      return true;
    } catch (thrown) {
      if (thrown instanceof ConditionalCheckFailedException) return false;
      throw thrown;
    }
  },
});

const overrideIn = (group: string, body: string | undefined): Override => {
  const content = parseJson(body);
  const fault = faultOfOverride(content);
  if (fault === undefined) return content as Override;
  throw new Error(
    `the override of ${group} cannot be read: ${fault}; the item GROUP#${group} / ${OVERRIDE_KEY} was written by another version or by hand: use that version, or delete the item`,
  );
};

/** The value that a text holds; nothing when it is no JSON. */
export const parseJson = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
};

const putOf = (group: string, override: Override, read: Override | undefined) => ({
  Item: {
    ...overrideKey(group),
    overrideId: { S: override.id },
    body: { S: JSON.stringify(override) },
    expiresAt: { N: String(secondsOf(override.until) + KEPT_SECONDS) },
  },
  ...(read === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: 'overrideId = :read',
        ExpressionAttributeValues: { ':read': { S: read.id } },
      }),
});

const secondsOf = (at: Instant): number => Math.floor(at / SECOND_MS);
