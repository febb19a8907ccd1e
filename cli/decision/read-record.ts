import { CommandFailure } from '#cli/output/failure.ts';
import { err, ok, type Result } from '#domain/basics/result.ts';
import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { describeProblem } from '#parse/configuration/describe-problem.ts';
import { didYouMean, nearest } from '#parse/configuration/nearest.ts';
import { type DecisionRecord, parseRecord } from '#parse/record/parse-record.ts';
import { readInput } from '../read-input.ts';
import type { Terminal } from '../terminal.ts';

/** The rules that take the place of those in a record, and the file that they come from. */
export type Rules = Readonly<{ file: string; configuration: Configuration }>;

/** The record in a file, with the group of other rules if there are any. Throws what is wrong with it. */
export const readRecord = (file: string, terminal: Terminal, rules?: Rules): DecisionRecord => {
  const name = file === '-' ? 'the standard input' : file;
  const parsed = parseRecord(readInput(file, terminal), {
    file: name,
    ...(rules === undefined ? {} : { groupInstead: groupIn(rules) }),
  });
  if (parsed.ok) return parsed.value;

  const mistakes = parsed.problem;
  throw new CommandFailure({
    code: 'invalid-file',
    message: `${name} is no record of a decision`,
    help: 'examples/record.json is an example; "tidegate schema --record" prints the schema',
    problems: mistakes.map(({ frame: _frame, ...mistake }) => mistake),
    frames: mistakes.map((each) => describeProblem(each)).join('\n\n'),
  });
};

/** The group of a name in other rules, or the only one that they have. */
const groupIn =
  ({ file, configuration: { groups } }: Rules) =>
  (name: string | undefined): Result<Group, string> => {
    const [only, ...others] = groups;
    if (name === undefined && only !== undefined && others.length === 0) return ok(only);
    const names = groups.map((each) => each.name);
    if (name === undefined) return err(`say which group of ${file}: ${names.join(', ')}`);

    const found = groups.find((each) => each.name === name);
    if (found) return ok(found);
    const { suggestion = `it has ${names.join(', ')}` } = didYouMean(nearest(name, names));
    return err(`${file} has no group named ${name}; ${suggestion}`);
  };
