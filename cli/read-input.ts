import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { failure } from './output/failure.ts';
import type { Terminal } from './terminal.ts';

/** The text of a file, or of the standard input for `-`. Throws a failure that says why not. */
export const readInput = (file: string, { cwd }: Pick<Terminal, 'cwd'>): string => {
  try {
    return readFileSync(file === '-' ? 0 : resolve(cwd, file), 'utf8');
  } catch (thrown) {
    throw failure(
      'unreadable-file',
      `cannot read ${file === '-' ? 'the standard input' : file}: ${reasonOf(thrown)}`,
      'name a file that is there, or - for the standard input',
    );
  }
};

/** Why a file cannot be read or written, in words for people. */
export const reasonOf = (error: unknown): string => {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  const code = hasCode ? String(error.code) : '';
  return REASONS.get(code) ?? String(error);
};

const REASONS = new Map([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a directory'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EEXIST', 'it is a file, not a directory'],
  ['ENOTDIR', 'a part of the path is a file, not a directory'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EAGAIN', 'nothing is piped into it'],
]);
