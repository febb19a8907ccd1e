import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from './package-root.ts';

/** A version, and the commit that it was made from; no commit where nobody can tell. */
export type Version = Readonly<{ version: string; commit?: string }>;

/** The file in a package that says what it was built from; a clone asks git. */
export const COMMIT_FILE = 'dist/commit.txt';

/** Finds the version of the code at work: of the package that it is in, or of the clone. */
export const readVersion = (): Version => {
  const { version } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8'));
  const commit = builtFrom(PACKAGE_ROOT) ?? commitOf(PACKAGE_ROOT);
  return commit === undefined ? { version } : { version, commit };
};

/** `0.1.0+817e7b4`, as semantic versioning writes what a version was built from. */
export const describeVersion = ({ version, commit }: Version): string =>
  commit === undefined ? version : `${version}+${commit}`;

/** The commit of a clone, with `.changed` at its end when files differ from it. */
export const commitOf = (root: string): string | undefined => {
  try {
    const top = git(root, 'rev-parse', '--show-cdup');
    // A package inside somebody else's repository: its commit is not ours.
    if (top !== '') return undefined;
    const commit = git(root, 'rev-parse', '--short=7', 'HEAD');
    return git(root, 'status', '--porcelain') === '' ? commit : `${commit}.changed`;
  } catch {
    // There is no git, or no repository: a downloaded archive, say.
    return undefined;
  }
};

const git = (cwd: string, ...args: readonly string[]): string =>
  execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

const builtFrom = (root: string): string | undefined => {
  try {
    return readFileSync(join(root, COMMIT_FILE), 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
};
