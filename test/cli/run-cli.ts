import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { main } from '#cli/main.ts';
import type { Account, Terminal } from '#cli/terminal.ts';
import type { Instant } from '#domain/time/instant.ts';
import { NOON } from '#test/support/builders.ts';
import { checkOutput } from './check-output.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export type Run = Readonly<{ code: number | null; stdout: string; stderr: string }>;
type Options = Readonly<{
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  isTTY?: boolean;
  /** The account that AWS commands reach; without it they fail. */
  account?: Account;
  /** The account by the Region and the identity that it is reached with, in place of one account for all. */
  connect?: Terminal['connect'];
  /** The clock; noon when absent. */
  now?: () => Instant;
  /** Waits between the looks of `--watch`; it ends the command when absent. */
  wait?: Terminal['wait'];
  /** A person at the terminal; nobody when absent. */
  ask?: Terminal['ask'];
  /** Hears what goes to stderr while the command runs. */
  hear?: (text: string) => void;
}>;

const NOWHERE = Object.assign(new Error('no account within reach'), { name: 'TimeoutError' });

/** Runs a command line within this process, with a terminal of its own. */
export const runCli = async (
  args: readonly string[],
  {
    cwd = ROOT,
    env = {},
    isTTY = false,
    account,
    connect = () => (account ? Promise.resolve(account) : Promise.reject(NOWHERE)),
    now = () => NOON,
    wait = async () => false,
    ask,
    hear,
  }: Options = {},
): Promise<Run> => {
  const output = { stdout: '', stderr: '' };
  const outputTo = (name: 'stdout' | 'stderr') => ({
    isTTY,
    write: (text: string) => {
      output[name] += text;
      if (name === 'stderr') hear?.(text);
    },
  });
  const terminal: Terminal = {
    stdout: outputTo('stdout'),
    stderr: outputTo('stderr'),
    env,
    cwd,
    homeDirectory: cwd,
    now,
    wait,
    user: 'ann',
    ...(ask === undefined ? {} : { ask }),
    connect,
  };

  const code = await main(args, terminal);
  if (args.includes('--json')) checkOutput(output.stdout);
  return { code, ...output };
};

/** Runs `tidegate` as a process, as people do. */
export const runProcess = (
  args: readonly string[],
  { cwd = ROOT, env = {}, isCutOff = false }: Options & Readonly<{ isCutOff?: boolean }> = {},
): Promise<Run> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [`${ROOT}cli/tidegate.mjs`, ...args], {
      cwd,
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text) => {
        output[stream] += text;
      });
    }
    // As `head` does: nobody is there to read.
    if (isCutOff) child.stdout.destroy();
    child.once('error', reject).once('close', (code) => resolve({ code, ...output }));
  });
