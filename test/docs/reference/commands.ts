import type { CommandUnknownOpts } from '@commander-js/extra-typings';

const HEAD = `# Every command and option

\`npm run reference\` writes this page from the command line; a test holds it current. [The command line](../cli.md) explains what all commands
share: which file, which deployment, exit codes, \`--json\`. \`npx tidegate COMMAND --help\` shows the same at your terminal.
`;

/** Makes the whole program, given where its help is written. */
export type MakeProgram = (
  write: (text: string) => void,
) => Promise<Pick<CommandUnknownOpts, 'commands'>>;

/** Writes the page of commands from their own help. */
export const commandsPage = async (makeProgram: MakeProgram): Promise<string> => {
  let written = '';
  const program = await makeProgram((text) => {
    written += text;
  });
  const helpOf = (command: CommandUnknownOpts): string => {
    written = '';
    command.outputHelp();
    return written;
  };
  return [HEAD, ...program.commands.map((each) => commandText(each, helpOf(each)))].join('\n');
};

const commandText = (command: CommandUnknownOpts, help: string): string => {
  const examples = [...help.matchAll(/^ {2}\$ (tidegate .*)$/gm)].map(([, line]) => `npx ${line}`);
  const args = command.registeredArguments.filter(({ description }) => description !== '');
  return [
    `## ${command.name()}`,
    '',
    `${capital(command.description())}.`,
    '',
    '```sh',
    ...examples,
    '```',
    '',
    `\`tidegate ${command.name()} ${command.usage()}\``,
    '',
    ...args.map((each) => `- \`${each.name()}\`: ${each.description}`),
    ...command.options.map(({ flags, description }) => `- \`${flags}\`: ${sentence(description)}`),
    '',
  ].join('\n');
};

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

const sentence = (text: string): string => text.replaceAll('<', '&lt;');
