import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { WORK_DIRECTORY } from './work-directory.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../../..');

/** Runs `tidegate` as a person does, against the emulator; answers with what it printed, whatever it found. */
export const tidegateAt =
  (endpoint: string) =>
  async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await run(process.execPath, [join(ROOT, 'cli/tidegate.mjs'), ...args], {
      env: {
        ...process.env,
        AWS_ENDPOINT_URL: endpoint,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
      },
      timeout: 60_000,
    }).catch(whenFound);
    return stdout.trim();
  };

/** The same for the deployment of this run. */
export const commandAt =
  (endpoint: string, table: string) =>
  (...args: readonly string[]): Promise<string> =>
    tidegateAt(endpoint)(
      ...args,
      ...['--config', join(WORK_DIRECTORY, 'tidegate.yml'), '--table', table],
    );

/** It ends with 1 when it has found something, with 3 when it could not look, and prints it all the same. */
const whenFound = (
  error: Error & { code?: unknown; stdout?: string; stderr?: string },
): { stdout: string } => {
  const { code, stdout = '', stderr = '', message } = error;
  if ((code === 1 || code === 3) && stdout) return { stdout };
  throw new Error([message, stdout, stderr].join('\n'), { cause: error });
};
