import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describeFileTrouble } from '#domain/basics/file-trouble.ts';
import { failure } from './failure.ts';

/** Writes the page to the file of `--out`, and makes its folder. */
export const writePage = (cwd: string, out: string, page: string): void => {
  const path = resolve(cwd, out);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, page);
  } catch (thrown) {
    throw failure(
      'unwritable-file',
      `cannot write ${out}: ${describeFileTrouble(thrown)}`,
      'say another: --out FILE',
    );
  }
};
