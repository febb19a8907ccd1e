import { Command, CommanderError } from '@commander-js/extra-typings';
import { decideCommand } from './commands/decide.ts';
import { doctorCommand } from './commands/doctor.ts';
import { lintCommand } from './commands/lint.ts';
import { notifyCommand } from './commands/notify.ts';
import { capCommand, pauseCommand, pinCommand } from './commands/override.ts';
import { overridesCommand } from './commands/overrides.ts';
import { replayCommand } from './commands/replay.ts';
import { resumeCommand } from './commands/resume.ts';
import { schemaCommand } from './commands/schema.ts';
import { validateCommand } from './commands/validate.ts';
import { EXIT, type Terminal } from './terminal.ts';

/** Runs one command line and answers with its exit code. */
export const main = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  let exitCode: number = EXIT.ok;
  const finish = (code: number) => {
    exitCode = code;
  };
  const program = new Command('tidegate')
    .description('Looks after Auto Scaling groups by the rules in tidegate.yml.')
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
    })
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', EXIT_CODES);

  for (const add of COMMANDS) {
    program.addCommand(add(terminal, finish).copyInheritedSettings(program));
  }

  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    throw error;
  }
};

const COMMANDS = [
  ...[validateCommand, lintCommand, decideCommand, replayCommand, schemaCommand],
  ...[pauseCommand, pinCommand, capCommand, resumeCommand, overridesCommand],
  ...[doctorCommand, notifyCommand],
];

const EXAMPLES = `Examples:
  $ tidegate validate                  check the tidegate.yml here or in a directory above
  $ tidegate validate prod.yml --json  check another file, for a script
  $ tidegate lint                      find what is valid and will hurt all the same
  $ tidegate decide record.json        what the engine makes of a recorded observation
  $ tidegate replay record.json        prove that it still makes the same of it
  $ tidegate doctor                    what is wrong with what is deployed, and how to mend it
  $ tidegate pause web --for 2h --reason "moving the database"
  $ tidegate notify --render           what people would be told, on each channel
  $ tidegate schema > tidegate.schema.json
`;

const EXIT_CODES = `
Exit codes:
  0  all is well
  1  the file has mistakes, lint or the doctor found something, or a replay differs
  2  wrong usage, or a file that cannot be read
  3  AWS refused, could not be reached, or somebody else was faster
`;
