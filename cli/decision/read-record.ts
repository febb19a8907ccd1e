import { decideCapacity } from '../../shared/domain/decide-capacity.ts';
import { decideRemovals } from '../../shared/domain/decide-removals.ts';
import type { Decision } from '../../shared/domain/decision.ts';
import { type DecisionRecord, parseRecord } from '../../shared/parse/record/parse-record.ts';
import { readInput } from '../read-input.ts';
import { EXIT, type Terminal } from '../terminal.ts';

/** The record in a file, or the exit code of what is wrong with it, which has been said. */
export const readRecord = (file: string, terminal: Terminal): DecisionRecord | number => {
  const text = readInput(file, terminal);
  if (!text.ok) {
    terminal.stderr.write(`tidegate: ${text.problem}\n`);
    return EXIT.usage;
  }

  const record = parseRecord(text.value);
  if (record.ok) return record.value;
  terminal.stderr.write(
    `tidegate: ${file} is no record of a decision: ${record.problem}\n` +
      'tidegate: "tidegate schema --record" prints what it looks like\n',
  );
  return EXIT.invalid;
};

/** The decision that the engine makes of a record's observation. */
export const decideAgain = (record: DecisionRecord): Decision =>
  record.kind === 'capacity'
    ? decideCapacity(record.observation)
    : decideRemovals(record.observation);
