import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { describeFileTrouble } from '#domain/basics/file-trouble.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { describeProblem } from '#parse/configuration/describe-problem.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { CommandFailure, failure } from './output/failure.ts';
import type { Terminal } from './terminal.ts';

/** The text of a configuration file, its name for messages, and how it came to be the one. */
export type ConfigurationFile = Readonly<{ file: string; how: string; text: string }>;

/**
 * Reads the file that is named, else the one that TIDEGATE_CONFIG names, else the tidegate.yml of
 * this directory or the nearest above it. Throws a failure when there is none.
 */
export const findConfiguration = (
  named: string | undefined,
  terminal: Pick<Terminal, 'cwd' | 'env'>,
): ConfigurationFile => {
  const found = find(named, terminal);
  if (found === undefined) {
    throw failure(
      'unreadable-file',
      'there is no tidegate.yml here or in a directory above',
      'write one: tidegate init, or tidegate init --example web; or name one: --config FILE, or export TIDEGATE_CONFIG',
    );
  }

  const file = relative(terminal.cwd, found.path) || found.path;
  try {
    return { file, how: found.how, text: readFileSync(found.path, 'utf8') };
  } catch (error) {
    throw failure(
      'unreadable-file',
      `cannot read ${file} (${found.how}): ${describeFileTrouble(error)}`,
      'name another: --config FILE, or export TIDEGATE_CONFIG',
    );
  }
};

/** The file that an argument or `--config` names; an error when they name two. */
export const namedFile = (
  argument: string | undefined,
  option: string | undefined,
): string | undefined => {
  if (argument !== undefined && option !== undefined && argument !== option) {
    throw failure(
      'usage',
      `the argument says ${argument}, and --config says ${option}`,
      'name one',
    );
  }
  return option ?? argument;
};

/** The configuration in a file; alarms get names that begin with the prefix. Throws its mistakes. */
export const configurationIn = (
  { file, text }: Pick<ConfigurationFile, 'file' | 'text'>,
  prefix: string,
): Configuration => {
  const parsed = parseConfiguration(text, { file, prefix });
  if (parsed.ok) return parsed.value;

  const { problem: mistakes } = parsed;
  throw new CommandFailure({
    code: 'invalid-file',
    message: `${file} has ${mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`}`,
    help: `fix it first; see also: tidegate validate ${file}`,
    problems: mistakes.map(({ frame: _frame, ...mistake }) => mistake),
    frames: mistakes.map((each) => describeProblem(each)).join('\n\n'),
  });
};

const find = (named: string | undefined, { env, cwd }: Pick<Terminal, 'cwd' | 'env'>) => {
  if (named !== undefined) return { path: resolve(cwd, named), how: 'as asked' };
  if (env.TIDEGATE_CONFIG) {
    return { path: resolve(cwd, env.TIDEGATE_CONFIG), how: 'named by TIDEGATE_CONFIG' };
  }

  const directory = upwards(cwd).find((each) => existsSync(resolve(each, NAME)));
  if (directory === undefined) return undefined;
  return { path: resolve(directory, NAME), how: directory === cwd ? 'found here' : 'found above' };
};

/** A directory and all above it, the nearest first. */
export const upwards = (directory: string): readonly string[] => {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...upwards(parent)];
};

const NAME = 'tidegate.yml';
