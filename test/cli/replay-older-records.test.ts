import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { decideAgain } from '#cli/decision/decide-again.ts';
import { laterGates, withoutGates } from '#cli/decision/later-gates.ts';
import type { Decision } from '#domain/ledger/decision.ts';
import { parseRecord } from '#parse/record/parse-record.ts';

type OldEntry = Readonly<{ reason: Readonly<{ S: string }>; record: Readonly<{ S: string }> }>;

const decisionIn = ({ record }: OldEntry): Decision => JSON.parse(record.S).decision;

/** Entries as the first version wrote them: records as text, without the inputs that came later. */
const ENTRIES = readFileSync(
  join(import.meta.dirname, '../fixtures/entries-with-text.jsonl'),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => {
    const entry = JSON.parse(line) as OldEntry;
    return { reason: entry.reason.S, entry };
  });

/** Decisions that were mistakes, and what is decided instead. */
const MENDED: Readonly<Record<string, string>> = {
  // Nothing is taken back while an instance refresh is under way.
  RolledBack: 'LaunchesFailing',
  // What is there beyond the desired capacity counts where instances have weights.
  AtMaximum: 'AtMaximum',
  // No rule leads the group out of 0, which the trace says.
  GroupBeingDeleted: 'GroupBeingDeleted',
};

const recordOf = (entry: OldEntry) => {
  const record = parseRecord(JSON.stringify({ Items: [entry] }));
  if (!record.ok) throw new Error(JSON.stringify(record.problem));
  return record.value;
};

describe('a record of the first version', () => {
  test.each(ENTRIES)('is read whole: $reason', ({ entry }) => {
    const { decision, observation } = JSON.parse(entry.record.S);
    expect(recordOf(entry)).toMatchObject({ decision, observation });
  });

  test.each(ENTRIES.filter(({ reason }) => MENDED[reason] === undefined))(
    'is decided the same, byte for byte, but for gates that came later and let it pass: $reason',
    ({ entry }) => {
      const [then, now] = [decisionIn(entry), decideAgain(recordOf(entry))];
      const comparable = withoutGates(now, laterGates(then, now));
      expect(JSON.stringify(comparable)).toBe(JSON.stringify(then));
    },
  );

  test.each(ENTRIES.filter(({ reason }) => MENDED[reason] !== undefined))(
    'is decided another way where it was a mistake: $reason',
    ({ reason, entry }) => {
      const now = decideAgain(recordOf(entry));
      expect(now.reason).toBe(MENDED[reason]);
      expect(JSON.stringify(now)).not.toBe(JSON.stringify(recordOf(entry).decision));
    },
  );
});
