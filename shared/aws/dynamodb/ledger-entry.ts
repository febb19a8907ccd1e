import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Entry } from '#domain/lane/entry.ts';
import type { Decision } from '#domain/ledger/decision.ts';
import { decisionKey } from '#domain/ledger/decision-key.ts';
import { kindOfHold, outcomeKindOf } from '#domain/ledger/outcome-of.ts';
import { type PackedRecord, packRecord } from './pack-record.ts';
import { idKey } from './read-decision.ts';

const KEPT_SECONDS = 30 * 86_400;
/** Longest sentence in an entry, whatever somebody's error message adds to it. */
const MOST_CHARACTERS = 4_000;

/** The table, and the hash of the configuration that decides. */
export type EntryPlace = Readonly<{ table: string; configuration?: string | undefined }>;

type OpenedEntry = Extract<Entry, { kind: 'open' }>;
type Closed = Extract<Entry, { kind: 'close' }>;

/**
 * The writes that open or close an entry. Its record lies in it, gzipped, to the byte; a large one beside it, in
 * pieces under `RECORD#…`.
 */
export const entryWrites = (place: EntryPlace, entry: Entry): readonly TransactWriteItem[] =>
  entry.kind === 'open' ? open(place, entry, packRecord(entry)) : [close(place.table, entry)];

/** The same without the record, or nothing for an entry that has none: a record never stops a decision. */
export const bareEntryWrites = (
  place: EntryPlace,
  entry: Entry | undefined,
  why: string,
): readonly TransactWriteItem[] | undefined =>
  entry?.kind === 'open' ? open(place, entry, { kind: 'missing', why }) : undefined;

const open = (
  { table, configuration }: EntryPlace,
  entry: OpenedEntry,
  packed: PackedRecord,
): readonly TransactWriteItem[] => {
  const { decision, status, goesOn } = entry;
  const expiresAt = { N: String(Math.floor(decision.at / 1_000) + KEPT_SECONDS) };
  const pieces = packed.kind === 'beside' ? packed.pieces : [];

  return [
    {
      Put: {
        TableName: table,
        Item: {
          ...keyOf(decision),
          status: { S: status },
          reason: { S: decision.reason },
          ...kindIn(entry),
          ...(goesOn === undefined ? {} : { goesOn: { BOOL: true } }),
          summary: { S: decision.summary.slice(0, MOST_CHARACTERS) },
          ...(configuration === undefined ? {} : { configuration: { S: configuration } }),
          ...recordIn(packed),
          expiresAt,
        },
      },
    },
    {
      Put: {
        TableName: table,
        Item: { ...idKeyOf(decision), at: { S: new Date(decision.at).toISOString() }, expiresAt },
      },
    },
    ...pieces.map((piece, index) => ({
      Put: {
        TableName: table,
        Item: { ...pieceKeyOf(decision, index), piece: { B: piece }, expiresAt },
      },
    })),
  ];
};

/** The kind of a hold, where its reason alone would tell another one. */
const kindIn = ({ decision, status }: OpenedEntry): Record<string, AttributeValue> => {
  const kind = outcomeKindOf(decision);
  return status === 'planned' || kind === kindOfHold(decision.reason)
    ? {}
    : { outcomeKind: { S: kind } };
};

const recordIn = (packed: PackedRecord): Record<string, AttributeValue> => {
  switch (packed.kind) {
    case 'inside':
      return { record: { B: packed.bytes } };
    case 'beside':
      return { pieces: { N: String(packed.pieces.length) } };
    case 'missing':
      return { recordMissing: { S: packed.why.slice(0, MOST_CHARACTERS) } };
  }
};

const close = (
  table: string,
  { decision, status, settledAt, outcome, goesOn }: Closed,
): TransactWriteItem => ({
  Update: {
    TableName: table,
    Key: keyOf(decision),
    UpdateExpression: `SET #status = :status, settledAt = :settledAt, outcome = :outcome${goesOn === undefined ? '' : ', goesOn = :goesOn'}`,
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':status': { S: status },
      ':settledAt': { S: new Date(settledAt).toISOString() },
      ':outcome': outcome ? { S: JSON.stringify(outcome) } : { NULL: true },
      ...(goesOn === undefined ? {} : { ':goesOn': { BOOL: true } }),
    },
  },
});

const keyOf = (decision: Decision): Record<string, AttributeValue> => {
  const { pk, sk } = decisionKey(decision);
  return { pk: { S: pk }, sk: { S: sk } };
};

/** The item that tells when a decision was made, for people who know its id alone. */
const idKeyOf = ({ group, id }: Decision): Record<string, AttributeValue> => {
  const { pk, sk } = idKey(group, id);
  return { pk: { S: pk }, sk: { S: sk } };
};

/** Two digits keep the pieces in order. */
const pieceKeyOf = (
  { group, at, id }: Decision,
  index: number,
): Record<string, AttributeValue> => ({
  pk: { S: `GROUP#${group}` },
  sk: {
    S: `RECORD#${new Date(at).toISOString()}#${id}#${String(index + 1).padStart(2, '0')}`,
  },
});
