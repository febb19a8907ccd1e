import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { chunks } from '#aws/client/chunks.ts';
import { isForgotten, type KeptMembership } from '#domain/sweep/kept-membership.ts';
import type { Membership } from '#domain/sweep/next-memberships.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { getItems, type Item, KEYS_PER_CALL } from './get-items.ts';
import { parseJson } from './overrides.ts';
import { queryItems } from './query-items.ts';

/** The partition of all memberships: an item for each group that a fleet selects. */
const PARTITION = 'MEMBERS';

const keyOf = (autoScalingGroup: string): Item => ({
  pk: { S: PARTITION },
  sk: { S: autoScalingGroup },
});

/** Reads all memberships, in as many pages as it takes, with what is still to be told of them. */
export const readAllMemberships =
  (client: DynamoDBClient, table: string) => async (): Promise<readonly KeptMembership[]> => {
    const range = { pk: PARTITION, first: ' ', last: '\u{10ffff}', order: 'ascending' } as const;
    const items = await queryItems(client, table, range);
    return items.flatMap(membershipIn);
  };

/** Reads the memberships of these Auto Scaling groups, strongly consistent; groups without one are absent. */
export const readMemberships =
  (client: DynamoDBClient, table: string) =>
  async (names: readonly string[]): Promise<ReadonlyMap<string, Membership>> => {
    const pages = await Promise.all(
      chunks(names.map(keyOf), KEYS_PER_CALL).map((keys) =>
        getItems({ client, table }, keys, 'memberships'),
      ),
    );
    return new Map(
      pages
        .flat()
        .flatMap(membershipIn)
        .map((each) => [each.autoScalingGroup, each]),
    );
  };

/** A membership that is over is kept for a day: a sweep that slept meanwhile must not write as if there had been none. */
const KEPT_SECONDS = 86_400;

/** Writes a membership if the stored one is the version before it. False when another sweep was faster. */
export const writeMembership =
  (client: DynamoDBClient, table: string, now: () => Instant) =>
  async (membership: KeptMembership): Promise<boolean> => {
    const { version } = membership;
    const condition =
      version === 1
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'version = :before',
            ExpressionAttributeValues: { ':before': { N: String(version - 1) } },
          };
    try {
      const Item = { ...itemOf(membership), ...endOf(membership, now()) };
      await client.send(new PutItemCommand({ TableName: table, Item, ...condition }));
      return true;
    } catch (thrown) {
      if (thrown instanceof Error && thrown.name === 'ConditionalCheckFailedException')
        return false;
      throw thrown;
    }
  };

const itemOf = (membership: KeptMembership): Item => ({
  ...keyOf(membership.autoScalingGroup),
  version: { N: String(membership.version) },
  body: { S: JSON.stringify(membership) },
});

/** The time after which the table forgets a membership with nothing left to remember. */
const endOf = (membership: KeptMembership, now: Instant): Item =>
  isForgotten(membership)
    ? { expiresAt: { N: String(Math.floor(now / SECOND_MS) + KEPT_SECONDS) } }
    : {};

/** An item that this version cannot read is nobody's membership; the next look finds the group anew. */
const membershipIn = ({ sk, version, body }: Item): readonly KeptMembership[] => {
  const content = parseJson(body?.S);
  const autoScalingGroup = sk?.S;
  if (autoScalingGroup === undefined || typeof content !== 'object' || content === null) return [];
  const { fleets, untold } = content as Partial<Record<keyof KeptMembership, unknown>>;
  return [
    {
      autoScalingGroup,
      fleets: Array.isArray(fleets) ? fleets.map(String) : [],
      version: Number(version?.N ?? 0),
      untold: Array.isArray(untold) ? (untold as KeptMembership['untold']) : [],
    },
  ];
};
