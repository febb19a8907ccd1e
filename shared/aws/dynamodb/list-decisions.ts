import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Outcome, OutcomeKind } from '#domain/ledger/outcome.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import type { RecordedDecision } from '#domain/ledger/recorded-decision.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Item } from './get-items.ts';
import { parseJson } from './overrides.ts';
import { queryItems } from './query-items.ts';

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
  async ({ group, since, until, most }: DecisionRange): Promise<readonly RecordedDecision[]> => {
    const items = await queryItems(client, table, {
      pk: `GROUP#${group}`,
      first: `${PREFIX}${since === undefined ? '' : isoOf(since)}`,
      // The id comes after the time, and every letter of it comes before this one.
      last: `${PREFIX}${until === undefined ? '' : isoOf(until)}\uFFFF`,
      order: 'descending',
      attributes: LISTED,
      ...(most === undefined ? {} : { most }),
    });
    return items.map((item) => decisionIn(item));
  };

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
  'outcomeKind',
  'goesOn',
  'recordMissing',
  'configuration',
];

const isoOf = (at: Instant): string => new Date(at).toISOString();

/** An item of the ledger as a decision. Both halves of its key tell what it is about. */
const decisionIn = (item: Item): RecordedDecision => {
  const [, at = '', ...id] = (item.sk?.S ?? '').split('#');
  const { recordMissing, configuration } = item;
  return {
    id: id.join('#'),
    group: (item.pk?.S ?? '').slice('GROUP#'.length),
    at: Date.parse(at),
    status: (item.status?.S ?? 'held') as RecordedDecision['status'],
    reason: (item.reason?.S ?? '') as Reason,
    summary: item.summary?.S ?? '',
    ...endIn(item),
    ...(configuration?.S === undefined ? {} : { configuration: configuration.S }),
    ...(recordMissing?.S === undefined ? {} : { recordMissing: recordMissing.S }),
  };
};

type End = Pick<RecordedDecision, 'settledAt' | 'outcome' | 'outcomeKind' | 'goesOn'>;

/** The end of a plan, and what the entry says of the outcome of a hold. */
const endIn = ({ settledAt, outcome: ended, outcomeKind, goesOn }: Item): End => {
  const outcome = parseJson(ended?.S) as Outcome | undefined;
  return {
    ...(settledAt?.S === undefined ? {} : { settledAt: Date.parse(settledAt.S) }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(outcomeKind?.S === undefined ? {} : { outcomeKind: outcomeKind.S as OutcomeKind }),
    ...(goesOn?.BOOL === true ? { goesOn: true } : {}),
  };
};
