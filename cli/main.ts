import { Command, CommanderError } from '@commander-js/extra-typings';
import { nearest } from '#parse/configuration/nearest.ts';
import { backtestCommand } from './commands/backtest.ts';
import { completionCommand } from './commands/completion.ts';
import { decideCommand } from './commands/decide.ts';
import { doctorCommand } from './commands/doctor.ts';
import { historyCommand } from './commands/history.ts';
import { importCommand } from './commands/import.ts';
import { lintCommand } from './commands/lint.ts';
import { notifyCommand } from './commands/notify.ts';
import { capCommand, pauseCommand, pinCommand } from './commands/override.ts';
import { overridesCommand } from './commands/overrides.ts';
import { planCommand } from './commands/plan.ts';
import { recordCommand } from './commands/record.ts';
import { replayCommand } from './commands/replay.ts';
import { resumeCommand } from './commands/resume.ts';
import { rulesCommand } from './commands/rules.ts';
import { schemaCommand } from './commands/schema.ts';
import { statusCommand } from './commands/status.ts';
import { tuneCommand } from './commands/tune.ts';
import { undoCommand } from './commands/undo.ts';
import { validateCommand } from './commands/validate.ts';
import { whyCommand } from './commands/why.ts';
import { EXIT, EXIT_CODE_HELP } from './exit-codes.ts';
import type { Failure } from './output/failure.ts';
import { tellFailure } from './output/perform.ts';
import type { Finish, Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

/** Runs one command line and answers with its exit code. */
export const main = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  let exitCode: number = EXIT.ok;
  const program = programFor(terminal, (code) => {
    exitCode = code;
  });

  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.ok;
    const named = COMMANDS.flatMap(({ commands }) => commands.map(({ name }) => name));
    const command = named.find((name) => name === args[0]) ?? null;
    const json = args.includes('--json') ? true : undefined;
    return tellFailure(terminal, misuse(error, command), { command, json });
  }
};

/** All commands, as they stand in the help. */
export const programFor = (terminal: Terminal, finish: Finish): Command => {
  const program: Command = new Command('tidegate')
    .description('Scales EC2 Auto Scaling groups by the rules in tidegate.yml.')
    .version(VERSION, '-V, --version', 'print the version')
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      // The failure is told below, in one voice with all others.
      outputError: () => {},
    })
    .exitOverride()
    // A slip of the finger must never lead to a command that writes: `pim` is not `pin`.
    .showSuggestionAfterError(false)
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', EXIT_CODE_HELP);

  for (const { heading, commands } of COMMANDS) {
    for (const { add } of commands) {
      const command = add(terminal, finish).copyInheritedSettings(program);
      command.showSuggestionAfterError(true).helpGroup(heading);
      program.addCommand(command as unknown as Command);
    }
  }
  return program;
};

type Add = (terminal: Terminal, finish: Finish) => Command<never[], never, never>;
type Entry = Readonly<{ name: string; writes: boolean; add: Add }>;

const entry = (name: string, writes: boolean, add: unknown): Entry => ({
  name,
  writes,
  add: add as Add,
});

const COMMANDS: readonly Readonly<{ heading: string; commands: readonly Entry[] }>[] = [
  {
    heading: 'The file:',
    commands: [
      entry('validate', false, validateCommand),
      entry('lint', false, lintCommand),
      entry('schema', false, schemaCommand),
      entry('import', false, importCommand),
    ],
  },
  {
    heading: 'One decision:',
    commands: [entry('decide', false, decideCommand), entry('replay', false, replayCommand)],
  },
  {
    heading: 'Before you change the rules:',
    commands: [
      entry('record', false, recordCommand),
      entry('backtest', false, backtestCommand),
      entry('tune', false, tuneCommand),
    ],
  },
  {
    heading: 'The deployment:',
    commands: [
      entry('status', false, statusCommand),
      entry('history', false, historyCommand),
      entry('why', false, whyCommand),
      entry('rules', false, rulesCommand),
      entry('plan', false, planCommand),
      entry('doctor', false, doctorCommand),
      entry('overrides', false, overridesCommand),
      entry('notify', true, notifyCommand),
    ],
  },
  {
    heading: 'Override the rules of a group for a while (these commands write):',
    commands: [
      entry('pause', true, pauseCommand),
      entry('pin', true, pinCommand),
      entry('cap', true, capCommand),
      entry('resume', true, resumeCommand),
      entry('undo', true, undoCommand),
    ],
  },
  { heading: 'Your shell:', commands: [entry('completion', false, completionCommand)] },
];

/** Turns a mistake that commander found in the command line into a failure with a way out. */
const misuse = ({ code, message }: CommanderError, command: string | null): Failure => {
  const said = message.replace(/^error: /, '').replace(/\n\(?(Did you mean .*?)\)?$/s, '; $1');
  if (code === 'commander.help') {
    return { code: 'usage', message: 'no command was given', help: 'the help is above' };
  }
  if (code !== 'commander.unknownCommand') {
    return { code: 'usage', message: said, help: `see: tidegate ${command ?? ''} --help` };
  }
  const word = /'(.*)'/.exec(said)?.[1] ?? '';
  const reading = COMMANDS.flatMap(({ commands }) => commands)
    .filter(({ writes }) => !writes)
    .map(({ name }) => name);
  const meant = nearest(word, reading);
  return {
    code: 'unknown-name',
    message: said,
    help: `${meant === undefined ? '' : `did you mean "${meant}"? `}tidegate --help lists the commands`,
  };
};

const EXAMPLES = `Examples:
  $ tidegate validate                  check the tidegate.yml here or in a directory above
  $ tidegate validate prod.yml --json  check another file, for a script
  $ tidegate lint                      find rules that are valid and will cause trouble
  $ tidegate import policies.json      make rules from the policies of another autoscaler
  $ tidegate decide record.json        explain one decision, step by step
  $ tidegate replay record.json        check that the same decision is made today
  $ tidegate record --since 14d        fetch the history of the groups from CloudWatch
  $ tidegate backtest                  compare the rules with target tracking on that history
  $ tidegate status --stage prod       show each group now, and its next decision
  $ tidegate why web --stage prod      explain the last decision: rules, gates, answer, messages
  $ tidegate doctor --stage prod       find what is wrong with the deployment, and how to fix it
  $ tidegate pause web --stage prod --for 2h --reason "moving the database"
  $ tidegate notify --render           print the messages that each channel would get
`;
