import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { err, ok, type Result } from '../shared/domain/result.ts';
import { reasonOf } from './find-configuration.ts';
import type { Terminal } from './terminal.ts';

/** The text of a file, or of the standard input for `-`. The problem is a sentence for people. */
export const readInput = (file: string, { cwd }: Terminal): Result<string, string> => {
  try {
    return ok(readFileSync(file === '-' ? 0 : resolve(cwd, file), 'utf8'));
  } catch (thrown) {
    return err(`cannot read ${file}: ${reasonOf(thrown)}`);
  }
};
