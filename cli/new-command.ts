import { Command } from '@commander-js/extra-typings';

/** A command with what every command has: a way to name the file, and output for programs. Its description stands in the command table. */
export const newCommand = (name: string, examples: readonly string[]) =>
  new Command(name)
    .option(
      '-c, --config <file>',
      'the tidegate.yml (env: TIDEGATE_CONFIG; default: the one here or in a directory above)',
    )
    .option('--json', 'print one JSON object, also when something fails (docs/cli.md)')
    .addHelpText('before', exampleHelp(examples));

/** A command that reads no tidegate.yml. */
export const newPlainCommand = (name: string, examples: readonly string[]) =>
  new Command(name)
    .option('--json', 'print one JSON object, also when something fails (docs/cli.md)')
    .addHelpText('before', exampleHelp(examples));

const exampleHelp = (examples: readonly string[]): string =>
  `${['Examples:', ...examples.map((line) => `  $ ${line}`)].join('\n')}\n`;
