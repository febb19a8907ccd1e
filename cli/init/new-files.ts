import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { failure } from '#cli/output/failure.ts';
import { describeFileTrouble } from '#domain/basics/file-trouble.ts';

/** A file to write, by its name within the folder. */
export type NewFile = Readonly<{ name: string; text: string }>;

/** Refuses when a file is there that would be written over: it has rules that are perhaps in force. */
export const refuseToOverwrite = (
  folder: string,
  names: readonly string[],
  force: true | undefined,
): void => {
  const there = names.filter((name) => existsSync(resolve(folder, name)));
  if (force || there.length === 0) return;
  throw failure(
    'unwritable-file',
    `${there.join(' and ')} ${there.length === 1 ? 'is' : 'are'} there already, and nothing is written over`,
    'call it in another folder; or --force writes over them',
  );
};

/** Writes the files. Those that were there are lost, so the caller refuses first. */
export const writeFiles = (folder: string, files: readonly NewFile[]): void => {
  for (const { name, text } of files) {
    try {
      writeFileSync(resolve(folder, name), text);
    } catch (thrown) {
      throw failure(
        'unwritable-file',
        `cannot write ${name}: ${describeFileTrouble(thrown)}`,
        'call it in a folder in which you may write',
      );
    }
  }
};

/** The files that git is to leave out of the folder; written only where there is no such list. */
export const gitignore = (folder: string): readonly NewFile[] =>
  existsSync(resolve(folder, '.gitignore'))
    ? []
    : [{ name: '.gitignore', text: 'node_modules/\n.serverless/\n.tidegate/\n' }];
