import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Terminal } from '../terminal.ts';

/** The files in which the AWS SDK looks for profiles. */
export const profileFiles = (env: Terminal['env'], homeDirectory: string): readonly string[] => [
  env.AWS_CONFIG_FILE ?? join(homeDirectory, '.aws', 'config'),
  env.AWS_SHARED_CREDENTIALS_FILE ?? join(homeDirectory, '.aws', 'credentials'),
];

/** The names of the profiles in these files; a file that cannot be read has none. */
export const profilesIn = (files: readonly string[]): readonly string[] => [
  ...new Set(files.flatMap((file) => namesIn(textOf(file)))),
];

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

/** `[profile NAME]` in the one file is `[NAME]` in the other; sessions and services are no profiles. */
const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(/^\s*\[\s*(?:profile\s+)?(["']?)(.+?)\1\s*\]/gm)]
    .map(([, , name = '']) => name)
    .filter((name) => !/^(?:sso-session|services)\s/.test(name));
