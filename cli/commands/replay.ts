import { decideAgain } from '#cli/decision/decide-again.ts';
import { laterGates, withoutGates } from '#cli/decision/later-gates.ts';
import { readRecord } from '#cli/decision/read-record.ts';
import { failure } from '#cli/output/failure.ts';
import { perform, type Report } from '#cli/output/perform.ts';
import type { Decision } from '#domain/ledger/decision.ts';
import { EXIT } from '../exit-codes.ts';
import { newPlainCommand } from '../new-command.ts';
import type { Finish, Terminal } from '../terminal.ts';

/** `tidegate replay`: proves that the engine makes the same decision of the same observation. */
export const replayCommand = (terminal: Terminal, finish: Finish) =>
  newPlainCommand('replay', [
    'tidegate why web web-17 --record > record.json',
    'tidegate replay record.json',
    'tidegate replay - --json < record.json',
  ])
    .argument('<record>', 'a record from the table, as JSON; - reads standard input')
    .action((file, { json }) =>
      perform(terminal, finish)({ command: 'replay', json }, () => replay(file, terminal)),
    );

const replay = (file: string, terminal: Terminal): Report => {
  const record = readRecord(file, terminal);
  if (record.decision === undefined) {
    throw failure(
      'invalid-file',
      `${file} has no decision to compare with`,
      `try: tidegate decide ${file}`,
    );
  }

  const [then, now] = [record.decision, decideAgain(record)];
  const gates = laterGates(then, now);
  const isSame = JSON.stringify(then) === JSON.stringify(withoutGates(now, gates));
  if (isSame) {
    return {
      text: describeSame(now, gates),
      data: { isSame, differences: [], laterGates: gates, recorded: then, recomputed: now },
      exitCode: EXIT.ok,
    };
  }
  const differences = differencesOf(then, now);
  return {
    text: describeDifference(then, now, differences),
    data: { isSame, differences, laterGates: [], recorded: then, recomputed: now },
    exitCode: EXIT.invalid,
  };
};

const describeSame = ({ id, summary }: Decision, gates: readonly string[]): string =>
  gates.length === 0
    ? `${id}: the same decision, byte for byte: ${summary}`
    : `${id}: the same decision, but for gates that came after the record and let it pass (${gates.join(', ')}): ${summary}`;

type Difference = Readonly<{ field: string; was: unknown; is: unknown }>;

const describeDifference = (
  then: Decision,
  now: Decision,
  differences: readonly Difference[],
): string =>
  [
    `${now.id}: another decision`,
    `  then: ${then.summary}`,
    `  now:  ${now.summary}`,
    ...differences.map((each) => `  ${each.field}: ${textOf(each.was)} → ${textOf(each.is)}`),
  ].join('\n');

/** The fields that differ, as they were and as they are. */
const differencesOf = (then: object, now: object): readonly Difference[] => {
  const before = new Map<string, unknown>(Object.entries(then));
  const after = new Map<string, unknown>(Object.entries(now));
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((field) => ({ field, was: before.get(field) ?? null, is: after.get(field) ?? null }))
    .filter(({ was, is }) => JSON.stringify(was) !== JSON.stringify(is));
};

const textOf = (value: unknown): string => (value === null ? 'nothing' : JSON.stringify(value));
