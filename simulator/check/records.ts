import { gunzipSync } from 'node:zlib';
import type { Entry } from '#domain/lane/entry.ts';
import { isoTime } from '#simulator/kernel/iso-time.ts';
import type { Table } from '#simulator/services/table.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, type CheckWorld, type Judgement, unless } from './check-world.ts';

type Opened = Extract<Entry, { kind: 'open' }>;
type Written = Readonly<{ group: string; head: unknown; entry?: Entry }>;
type Answered = Extract<HistoryEvent, { kind: 'answered' }>;

/** Records of small groups are never refused for their size: they put nothing to the test. */
const LARGE = 64 * 1_024;
/** More than the names and keys of a head. */
const REST = 8 * 1_024;

/** The table itself has refused the write, not the network before it. */
const REFUSED = /^(Transaction cancelled|Transaction request|Item size)/;
/** A record may be left out only for one of these. */
const REASONS = /Throttling|bytes packed/;

const judge = (table: Table, { trip, error }: Answered): readonly Judgement[] => {
  const { group, head, entry } = trip.input as Written;
  if (entry?.kind !== 'open' || JSON.stringify(entry.observation).length < LARGE) return [];
  if (error === undefined)
    return [...unless(isKept(table, entry), () => `${nameOf(entry)} is lost`)];
  if (!REFUSED.test(error)) return [];

  const isTooMuch = !table.takesHead(JSON.stringify(head).length + REST);
  return unless(isTooMuch, () => `${group} was not written for its record: ${error}`);
};

const nameOf = ({ decision }: Opened): string => `the record of ${decision.id}`;

/** It can be read from the table as it was, or the table says why it cannot. */
const isKept = (table: Table, { decision, observation }: Opened): boolean => {
  const at = isoTime(decision.at);
  const keyOf = (kind: string): string => `${kind}#${at}#${decision.id}`;
  const find = (sk: string) => table.find(`GROUP#${decision.group}`, sk);
  const item = find(keyOf('DECISION'));
  if (item?.recordMissing !== undefined) return REASONS.test(item.recordMissing.S ?? '');

  const beside = Array.from({ length: Number(item?.pieces?.N ?? 0) }, (_, index) =>
    find(`${keyOf('RECORD')}#${String(index + 1).padStart(2, '0')}`),
  );
  const pieces =
    item?.record === undefined ? beside.map((each) => each?.piece?.B) : [item.record.B];
  if (pieces.length === 0 || pieces.includes(undefined)) return false;

  const text = gunzipSync(Buffer.concat(pieces as Uint8Array[])).toString();
  const stored = JSON.parse(text) as Readonly<Record<string, unknown>>;
  return isSame(stored.decision, decision) && isSame(stored.observation, observation);
};

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export const recordsStopNothing: Checker = {
  id: 'S90',
  promise: 'a large record never stops a decision, and is kept whole or left out with the reason',
  watch: ({ cloud }: CheckWorld) => ({
    onEvent: (event) => {
      if (event.kind !== 'answered' || event.trip.action !== 'TransactWriteItems') return [];
      // A write that another one preceded has changed nothing.
      if (event.answer === false) return [];
      const isHealing = event.trip.invocation.functionName === 'heal';
      return judge((isHealing ? cloud.healLedger : cloud.scaleLedger).table, event);
    },
  }),
};
