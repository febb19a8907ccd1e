import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { CODE_FOLDER, FUNCTION_NAMES, type FunctionName } from './functions.ts';
import { sourceOf } from './source-of.ts';

/** The bundled code of a function, in which the configuration is still to be declared. */
export type ReadFunctionCode = (name: FunctionName) => Promise<string> | string;

/**
 * Writes each function, with the configuration inside, to where it is packaged from. The text of the file goes with
 * them: the sweep keeps it in the table. The same code and the same file give the same bytes.
 */
export const writeFunctionCode = async (
  serviceDir: string,
  read: ReadFunctionCode,
  { configuration, text }: Readonly<{ configuration: Configuration; text: string }>,
): Promise<void> => {
  const folder = join(serviceDir, CODE_FOLDER);
  mkdirSync(folder, { recursive: true });
  const constants = constantsOf(configuration, text);
  for (const name of FUNCTION_NAMES) {
    const code = await read(name);
    writeFileSync(join(folder, `${name}.cjs`), `${declarationsFor(code, constants)}${code}`);
  }
};

/** The constants that `shared/lambda` declares, and that the code of a function is built without. */
const constantsOf = (
  configuration: Configuration,
  text: string,
): Readonly<Record<string, unknown>> => {
  const source = sourceOf(text);
  return {
    TIDEGATE_CONFIGURATION: configuration,
    TIDEGATE_CONFIGURATION_HASH: source.hash,
    TIDEGATE_SOURCE: source,
  };
};

/** Declares the constants that the code reads, and no others: only the sweep keeps the text. */
const declarationsFor = (code: string, constants: Readonly<Record<string, unknown>>): string => {
  const read = Object.entries(constants).filter(([name]) => new RegExp(`\\b${name}\\b`).test(code));
  const lines = read.map(([name, value]) => `const ${name}=${JSON.stringify(value)};`);
  return ['"use strict";', ...lines, ''].join('\n');
};
