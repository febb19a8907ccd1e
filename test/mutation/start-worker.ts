import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Order } from './worker.ts';

/** After so long without an answer a mutant is taken to turn in circles, which people would notice. */
const SILENCE_MS = 15_000;

export type Place = Readonly<{ directory: string; tests: readonly string[] }>;

/** The answer of a worker, or the way in which it fell silent. */
export type Reply = Readonly<{ answer: unknown }> | 'silent' | 'gone';

export type Worker = Readonly<{
  ask: (order: Order) => Promise<Reply>;
  stop: () => void;
}>;

/** Starts a process that loads all tests; a mutant that is named is awake while it does. */
export const startWorker = ({ directory, tests }: Place, mutant?: string): Worker => {
  const args = [JSON.stringify(tests), ...(mutant === undefined ? [] : [mutant])];
  const child = fork(join(directory, 'test/mutation/worker.ts'), args, {
    cwd: directory,
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, TIDEGATE_MOST_RUNS: '60' },
  });
  const ready = nextOf(child);

  return {
    ask: async (order) => {
      const first = await ready;
      if (typeof first === 'string') return first;
      child.send(order);
      return nextOf(child);
    },
    stop: () => void child.kill('SIGKILL'),
  };
};

const nextOf = (child: ChildProcess): Promise<Reply> =>
  new Promise((resolve) => {
    const end = (reply: Reply): void => {
      clearTimeout(timer);
      child.off('message', onMessage).off('exit', onExit);
      resolve(reply);
    };
    const timer = setTimeout(() => end('silent'), SILENCE_MS);
    const onMessage = (message: unknown) => end(message as Reply);
    const onExit = () => end('gone');
    child.once('message', onMessage).once('exit', onExit);
  });
