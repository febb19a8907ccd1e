import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { SeedRun } from './run-seed.ts';

const WORKER = join(import.meta.dirname, 'worker.ts');

/** A run as it travels between processes. */
export type Shipped = Omit<SeedRun, 'counts'> & Readonly<{ counts: readonly [string, number][] }>;

export type Order = Readonly<{ seed: number; kinds: readonly string[] }>;

/**
 * Runs seeds in several processes; each result is handed over once, in whatever order it comes. Seeds are
 * begun in their order, and none is begun once `take` has returned false: those before it still end.
 */
export const runSeeds = async (
  orders: readonly Order[],
  jobs: number,
  take: (run: SeedRun) => boolean,
): Promise<void> => {
  const open = [...orders];
  let goesOn = true;
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = fork(WORKER, { execArgv: ['--import', 'tsx'] });
      const next = (): void => {
        const order = goesOn ? open.shift() : undefined;
        if (order) worker.send(order);
        else worker.disconnect();
      };
      worker.on('message', (message) => {
        const { counts, ...run } = message as Shipped;
        if (!take({ ...run, counts: new Map(counts) })) goesOn = false;
        next();
      });
      worker.once('error', reject);
      worker.once('exit', (code) => {
        if (code === 0) resolve();
        else reject(new Error(`a process of the simulator ended with exit code ${code}`));
      });
      next();
    });

  await Promise.all(Array.from({ length: Math.min(jobs, orders.length) }, work));
};
