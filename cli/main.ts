import { Command, CommanderError } from '@commander-js/extra-typings';
import { describeVersion, readVersion } from '#infrastructure/version.ts';
import { COMMANDS, type CommandEntry } from './command-table.ts';
import { EXIT, EXIT_CODE_HELP } from './exit-codes.ts';
import { tellFailure } from './output/perform.ts';
import type { Finish, Terminal } from './terminal.ts';

/** Runs one command line and answers with its exit code. */
export const main = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  let exitCode: number = EXIT.ok;
  const finish = (code: number): void => {
    exitCode = code;
  };
  const [first = '', second = ''] = args;
  const called = first === 'help' ? second : first;

  try {
    const program =
      called === 'completion'
        ? await wholeProgram(terminal, finish)
        : await programFor(terminal, finish, called);
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.ok;
    const named = COMMANDS.flatMap(({ commands }) => commands.map(({ name }) => name));
    const command = named.find((name) => name === args[0]) ?? null;
    const json = args.includes('--json') ? true : undefined;
    const { misuse } = await import('./misuse.ts');
    return tellFailure(terminal, misuse(error, command), { command, json });
  }
};

/** All commands with all of their options. */
export const wholeProgram = (terminal: Terminal, finish: Finish): Promise<Command> =>
  programWith(terminal, (entry) => loaded(entry, terminal, finish));

/** The command that is called, and the others as far as the help lists them: their modules are not loaded. */
const programFor = (terminal: Terminal, finish: Finish, called: string): Promise<Command> =>
  programWith(terminal, (entry) =>
    entry.name === called ? loaded(entry, terminal, finish) : listed(entry),
  );

const programWith = async (
  terminal: Terminal,
  commandOf: (entry: CommandEntry) => Command | Promise<Command>,
): Promise<Command> => {
  const program: Command = new Command('tidegate')
    .description('Scales EC2 Auto Scaling groups by the rules in tidegate.yml.')
    .option('-V, --version', 'print the version and the commit')
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      // The failure is told below, in one voice with all others.
      outputError: () => {},
    })
    // Else the descriptions of options are not wrapped where a narrow terminal leaves them less than 40 columns.
    .configureHelp({ minWidthToWrap: 15 })
    .exitOverride()
    // A slip of the finger must never lead to a command that writes: `pim` is not `pin`.
    .showSuggestionAfterError(false)
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', EXIT_CODE_HELP);
  program.on('option:version', () => {
    terminal.stdout.write(`${describeVersion(readVersion())}\n`);
    throw new CommanderError(EXIT.ok, 'commander.version', '');
  });

  for (const { heading, commands } of COMMANDS) {
    for (const entry of commands) {
      const command = (await commandOf(entry)).copyInheritedSettings(program);
      command.description(entry.description);
      command.showSuggestionAfterError(true).helpGroup(heading);
      program.addCommand(command);
    }
  }
  return program;
};

const loaded = async (
  { load }: CommandEntry,
  terminal: Terminal,
  finish: Finish,
): Promise<Command> => (await load())(terminal, finish) as unknown as Command;

const listed = ({ name, args }: CommandEntry): Command => {
  const command = new Command(name).option('--json');
  return (args === '' ? command : command.arguments(args)) as unknown as Command;
};

const EXAMPLES = `Examples:
  $ tidegate init                      write a first tidegate.yml from what your account has
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
  $ tidegate drill alarm web cpu-high --stage prod
  $ tidegate pause web --stage prod --for 2h --reason "moving the database"
  $ tidegate notify --render           print the messages that each channel would get
`;
