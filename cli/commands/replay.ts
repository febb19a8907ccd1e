import { Command } from '@commander-js/extra-typings';
import { decideAgain, readRecord } from '../decision/read-record.ts';
import { EXIT, type Finish, type Terminal } from '../terminal.ts';

/** `tidegate replay`: proves that the engine makes the same decision of the same observation. */
export const replayCommand = (terminal: Terminal, finish: Finish) =>
  new Command('replay')
    .description('decide again from a record, and compare with what was decided then')
    .argument('<record>', 'a record of the ledger as JSON; - reads the standard input')
    .addHelpText('before', EXAMPLES)
    .action((file) => finish(replay(file, terminal)));

const EXAMPLES = `Examples:
  $ aws dynamodb get-item --table-name TABLE --key '{"pk":{"S":"GROUP#web"},"sk":{"S":"DECISION#…"}}' > record.json
  $ tidegate replay record.json
`;

const replay = (file: string, terminal: Terminal): number => {
  const record = readRecord(file, terminal);
  if (typeof record === 'number') return record;

  const { stdout, stderr } = terminal;
  if (record.decision === undefined) {
    stderr.write(
      `tidegate: ${file} has no decision to compare with; try: tidegate decide ${file}\n`,
    );
    return EXIT.invalid;
  }

  const [then, now] = [record.decision, decideAgain(record)];
  if (JSON.stringify(then) === JSON.stringify(now)) {
    stdout.write(`${now.id}: the same decision, byte for byte: ${now.summary}\n`);
    return EXIT.ok;
  }
  stdout.write(
    `${now.id}: another decision\n  then: ${then.summary}\n  now:  ${now.summary}\n` +
      differencesOf(then, now)
        .map((line) => `  ${line}\n`)
        .join(''),
  );
  return EXIT.invalid;
};

/** The fields that differ, as they were and as they are. */
const differencesOf = (then: object, now: object): readonly string[] =>
  [...new Set([...Object.keys(then), ...Object.keys(now)])]
    .map((key) => ({ key, was: textAt(then, key), is: textAt(now, key) }))
    .filter(({ was, is }) => was !== is)
    .map(({ key, was, is }) => `${key}: ${was} → ${is}`);

const textAt = (value: object, key: string): string =>
  JSON.stringify((value as Record<string, unknown>)[key]) ?? 'nothing';
