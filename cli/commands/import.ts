import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommandFailure, failure } from '#cli/output/failure.ts';
import { perform, type Report } from '#cli/output/perform.ts';
import { describeFileTrouble } from '#domain/basics/file-trouble.ts';
import { type Imported, importFiles } from '#parse/import/import-files.ts';
import type { ImportProblem } from '#parse/import/import-problem.ts';
import type { ImportNote } from '#parse/import/translation.ts';
import { newPlainCommand } from '../new-command.ts';
import { readInput } from '../read-input.ts';
import type { Finish, Terminal } from '../terminal.ts';

/** `tidegate import`: translates the policies of other autoscalers into rules. */
export const importCommand = (terminal: Terminal, finish: Finish) =>
  newPlainCommand('import', [
    'tidegate import policies.json alarms.json -o tidegate.yml',
    'aws autoscaling describe-policies --output json | tidegate import -',
    'tidegate import policies.json --asg web-prod --group web --json',
  ])
    .argument('<file...>', 'what the other one prints (docs/import.md); - is the standard input')
    .option(
      '--group <name>',
      'the name of the group in tidegate.yml (default: as it is called there)',
    )
    .option('--asg <name>', 'the Auto Scaling group to import, or that the rules are for')
    .option('-o, --out <file>', 'write to this file, which must not be there (default: print)')
    .action((files, options) =>
      perform(terminal, finish)({ command: 'import', json: options.json }, () =>
        run(files, options, terminal),
      ),
    );

type Options = Readonly<{
  group?: string | undefined;
  asg?: string | undefined;
  out?: string | undefined;
}>;

const run = (files: readonly string[], options: Options, terminal: Terminal): Report => {
  const read = files.map((file) => ({ file, text: readInput(file, terminal) }));
  const imported = importFiles(read, options);
  if (!imported.ok) throw unreadable(imported.problem);
  const { yaml, groups, notes } = imported.value;
  if (yaml === undefined) throw nothingMade(notes);

  const { out: output } = options;
  if (output !== undefined) writeNew(resolve(terminal.cwd, output), { name: output, yaml });
  return {
    text: output === undefined ? yaml.trimEnd() : `${output} has ${countOf(groups)}`,
    data: {
      ...(output === undefined ? {} : { file: output }),
      groups: groups.map(({ name, target, rules }) => ({
        name,
        autoScalingGroup: target.autoScalingGroup,
        rules: rules.map((rule) => rule.name),
      })),
      notes,
      yaml,
    },
    talk: [...notes.map(describeNote), `tidegate: next, ${nextOf(output)}`],
  };
};

/** A file that was printed is nowhere that validate could read it. */
const nextOf = (output: string | undefined): string =>
  output === undefined
    ? 'write it to a file with -o tidegate.yml, then check it: npx tidegate validate'
    : `check it: npx tidegate validate ${output}`;

const countOf = (groups: Imported['groups']): string => {
  const rules = groups.reduce((sum, each) => sum + each.rules.length, 0);
  return `${rules} ${rules === 1 ? 'rule' : 'rules'} for ${groups.map(({ name }) => name).join(', ')}`;
};

const describeNote = ({ kind, file, about, message, why }: ImportNote): string =>
  `${file}, ${about} ${kind === 'left-out' ? 'is left out' : 'differs'}: ${message}\n  why: ${why}`;

const unreadable = (problems: readonly ImportProblem[]): CommandFailure =>
  new CommandFailure({
    code: 'invalid-file',
    message: problems.length === 1 ? 'it cannot be imported' : 'they cannot be imported',
    help: 'docs/import.md says what can be, and how to get it',
    problems: problems.map((problem) => ({ ...problem })),
    frames: problems
      .map(
        ({ file, path, message, help }) =>
          `${file}${path === undefined ? '' : `, ${path}`}: ${message}\n  ${help}`,
      )
      .join('\n'),
  });

const nothingMade = (notes: readonly ImportNote[]): CommandFailure =>
  new CommandFailure({
    code: 'invalid-file',
    message: 'nothing in it becomes a rule',
    help: 'docs/import.md says what becomes what',
    problems: notes.map((note) => ({ ...note })),
    ...(notes.length === 0 ? {} : { frames: notes.map(describeNote).join('\n') }),
  });

/** Nothing is ever written over: a tidegate.yml that is there has rules that are in force. */
const writeNew = (path: string, { name, yaml }: Readonly<{ name: string; yaml: string }>): void => {
  if (existsSync(path)) {
    throw failure(
      'unwritable-file',
      `${name} is there already, and nothing is written over`,
      'name another file: -o FILE',
    );
  }
  try {
    writeFileSync(path, yaml, { flag: 'wx' });
  } catch (thrown) {
    throw failure(
      'unwritable-file',
      `cannot write ${name}: ${describeFileTrouble(thrown)}`,
      'name another file: -o FILE',
    );
  }
};
