import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeFileTrouble } from '#domain/basics/file-trouble.ts';
import { failure } from './output/failure.ts';
import type { Terminal } from './terminal.ts';

/** The text of a file, or of the standard input for `-`. Throws a failure that says why not. */
export const readInput = (file: string, { cwd }: Pick<Terminal, 'cwd'>): string => {
  try {
    return readFileSync(file === '-' ? 0 : resolve(cwd, file), 'utf8');
  } catch (thrown) {
    throw failure(
      'unreadable-file',
      `cannot read ${file === '-' ? 'the standard input' : file}: ${describeFileTrouble(thrown)}`,
      'name a file that is there, or - for the standard input',
    );
  }
};
