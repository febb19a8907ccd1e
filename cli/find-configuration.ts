import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { err, ok, type Result } from '../shared/domain/result.ts';
import type { Terminal } from './terminal.ts';

/** The text of a configuration file, its name for messages, and how it came to be the one. */
export type ConfigurationFile = Readonly<{ file: string; how: string; text: string }>;

/**
 * Reads the file that the argument names, else the one that TIDEGATE_CONFIG names, else the
 * tidegate.yml of this directory or the nearest above it. The problem is a sentence for people.
 */
export const findConfiguration = (
  argument: string | undefined,
  terminal: Terminal,
): Result<ConfigurationFile, string> => {
  const found = find(argument, terminal);
  if (found === undefined) return err(NOT_FOUND);

  const file = relative(terminal.cwd, found.path) || found.path;
  try {
    return ok({ file, how: found.how, text: readFileSync(found.path, 'utf8') });
  } catch (error) {
    return err(`cannot read ${file} (${found.how}): ${reasonOf(error)}`);
  }
};

const find = (argument: string | undefined, { env, cwd }: Terminal) => {
  if (argument !== undefined) return { path: resolve(cwd, argument), how: 'as asked' };
  if (env.TIDEGATE_CONFIG) {
    return { path: resolve(cwd, env.TIDEGATE_CONFIG), how: 'named by TIDEGATE_CONFIG' };
  }

  const directory = upwards(cwd).find((each) => existsSync(resolve(each, NAME)));
  if (directory === undefined) return undefined;
  return { path: resolve(directory, NAME), how: directory === cwd ? 'found here' : 'found above' };
};

/** A directory and all above it, the nearest first. */
const upwards = (directory: string): readonly string[] => {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...upwards(parent)];
};

/** Why a file cannot be read, in words for people. */
export const reasonOf = (error: unknown): string => {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  const code = hasCode ? String(error.code) : '';
  return REASONS.get(code) ?? String(error);
};

const REASONS = new Map([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a directory'],
  ['EACCES', 'permission denied'],
]);

const NAME = 'tidegate.yml';
const NOT_FOUND =
  'there is no tidegate.yml here or in a directory above; name one, as in: tidegate validate FILE';
