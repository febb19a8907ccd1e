import { wholeProgram } from '#cli/main.ts';
import type { Terminal } from '#cli/terminal.ts';
import { configurationJsonSchema } from '#parse/configuration/schema/configuration-schema.ts';
import { commandsPage } from './commands.ts';
import { keysPage, type Schema } from './keys.ts';

/** The pages of the reference that are written by a command, by their path from the root. */
export const referencePages = async (): Promise<Readonly<Record<string, string>>> => ({
  'docs/reference/keys.md': keysPage(configurationJsonSchema() as Schema),
  'docs/reference/commands.md': await commandsPage((write) =>
    wholeProgram({ stdout: { write }, stderr: { write } } as unknown as Terminal, () => {}),
  ),
});
