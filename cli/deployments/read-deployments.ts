import { dirname, resolve } from 'node:path';
import { findFile, invalidFile } from '#cli/find-configuration.ts';
import { failure } from '#cli/output/failure.ts';
import type { Terminal } from '#cli/terminal.ts';
import { type ListedDeployment, parseDeployments } from '#parse/deployments/parse-deployments.ts';

/** The deployments that `--all` asks, and the file that lists them. */
export type Listed = Readonly<{
  file: string;
  /** Each with the path of its own tidegate.yml. */
  deployments: readonly (ListedDeployment & Readonly<{ config: string }>)[];
}>;

/**
 * Reads the list that is named, else the `deployments.yml` of this directory or the nearest above it. Throws a failure
 * when there is none, and its mistakes.
 */
export const readDeployments = (named: string | undefined, terminal: Terminal): Listed => {
  const { file, path, text } = findFile(
    { named, how: 'as asked', usual: NAME, missing, other: 'name another: --deployments FILE' },
    terminal,
  );
  const parsed = parseDeployments(text, file);
  if (!parsed.ok) throw invalidFile(file, parsed.problem, 'fix it first, then try again');

  const folder = dirname(path);
  return {
    file,
    deployments: parsed.value.map((each) => ({
      ...each,
      config: resolve(folder, each.config ?? 'tidegate.yml'),
    })),
  };
};

const NAME = 'deployments.yml';

const missing = failure(
  'unreadable-file',
  `there is no ${NAME} here or in a directory above, which lists the deployments for --all`,
  'write one, such as: { version: 1, deployments: { eu: { region: eu-west-1, stage: prod } } }; or name one: --deployments FILE',
);
