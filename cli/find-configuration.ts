import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { describeFileTrouble } from '#domain/basics/file-trouble.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import type { ConfigurationProblem } from '#parse/configuration/configuration-problem.ts';
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
  const { env } = terminal;
  const { file, how, text } = findFile(
    {
      named: named ?? (env.TIDEGATE_CONFIG || undefined),
      how: named === undefined ? 'named by TIDEGATE_CONFIG' : 'as asked',
      usual: NAME,
      missing: failure(
        'unreadable-file',
        'there is no tidegate.yml here or in a directory above',
        'write one: tidegate init, or tidegate init --example web; or name one: --config FILE, or export TIDEGATE_CONFIG',
      ),
      other: 'name another: --config FILE, or export TIDEGATE_CONFIG',
    },
    terminal,
  );
  return { file, how, text };
};

/** The file to look for: one that is named, else the nearest with the usual name, from here upwards. */
export type SoughtFile = Readonly<{
  named: string | undefined;
  /** The way in which it came to be named, for messages. */
  how: string;
  usual: string;
  /** The failure when there is none. */
  missing: CommandFailure;
  /** The way out when it cannot be read. */
  other: string;
}>;

/** Finds a file and reads it. Throws a failure when there is none, and when it cannot be read. */
export const findFile = (
  { named, how, usual, missing, other }: SoughtFile,
  { cwd }: Pick<Terminal, 'cwd'>,
): ConfigurationFile & Readonly<{ path: string }> => {
  const found = named === undefined ? findUpwards(usual, cwd) : { path: resolve(cwd, named), how };
  if (found === undefined) throw missing;

  const file = relative(cwd, found.path) || found.path;
  try {
    return { ...found, file, text: readFileSync(found.path, 'utf8') };
  } catch (error) {
    throw failure(
      'unreadable-file',
      `cannot read ${file} (${found.how}): ${describeFileTrouble(error)}`,
      other,
    );
  }
};

const findUpwards = (usual: string, cwd: string) => {
  const directory = upwards(cwd).find((each) => existsSync(resolve(each, usual)));
  if (directory === undefined) return undefined;
  return { path: resolve(directory, usual), how: directory === cwd ? 'found here' : 'found above' };
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
  help = `fix it first; see also: tidegate validate ${file}`,
): Configuration => {
  const parsed = parseConfiguration(text, { file, prefix });
  if (parsed.ok) return parsed.value;

  throw invalidFile(file, parsed.problem, help);
};

/** The failure of a file with mistakes. */
export const invalidFile = (
  file: string,
  mistakes: readonly ConfigurationProblem[],
  help: string,
): CommandFailure =>
  new CommandFailure({
    code: 'invalid-file',
    message: `${file} has ${mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`}`,
    help,
    problems: mistakes.map(({ frame: _frame, ...mistake }) => mistake),
    frames: mistakes.map((each) => describeProblem(each)).join('\n\n'),
  });

/** A directory and all above it, the nearest first. */
export const upwards = (directory: string): readonly string[] => {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...upwards(parent)];
};

const NAME = 'tidegate.yml';
