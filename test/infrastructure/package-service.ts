import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CompiledTemplate } from './checks/compiled-template.ts';

export type Packaged = Readonly<{
  template: CompiledTemplate;
  /** The content of files below the service's directory, such as `.serverless/scale.zip`. */
  read: (path: string) => Buffer;
}>;

type Options = Readonly<{
  configuration: string;
  stage?: string;
  /** Variables of the environment besides; with them stands the Region. */
  env?: Readonly<Record<string, string>>;
}>;

/**
 * Runs the real `serverless package`, offline, in a directory of its own that is gone afterwards: the
 * plugin is linked into it, so that nothing is written in the repository.
 */
export const packageService = <T>(options: Options, use: (packaged: Packaged) => T): T => {
  const directory = mkdtempSync(join(tmpdir(), 'tidegate-package-'));
  try {
    symlinkSync(resolve('infrastructure'), join(directory, 'infrastructure'));
    copyFileSync('serverless.yml', join(directory, 'serverless.yml'));
    writeFileSync(join(directory, 'tidegate.yml'), options.configuration);

    run(directory, ['package', '--stage', options.stage ?? 'test'], options.env);
    const read = (path: string): Buffer => readFileSync(join(directory, path));
    const template = read('.serverless/cloudformation-template-update-stack.json').toString();
    return use({ template: JSON.parse(template) as CompiledTemplate, read });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

const run = (
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = { AWS_REGION: 'eu-central-1' },
): void => {
  execFileSync(process.execPath, [resolve('node_modules/serverless/bin/serverless.js'), ...args], {
    cwd,
    env: {
      PATH: process.env.PATH,
      HOME: cwd,
      AWS_ACCESS_KEY_ID: 'offline',
      AWS_SECRET_ACCESS_KEY: 'offline',
      AWS_EC2_METADATA_DISABLED: 'true',
      NODE_NO_WARNINGS: '1',
      SLS_NOTIFICATIONS_MODE: 'off',
      SLS_TELEMETRY_DISABLED: '1',
      ...env,
    },
    encoding: 'utf8',
    stdio: 'pipe',
    timeout: 180_000,
  });
};
