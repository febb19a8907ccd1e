import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Measured, Order } from './measure.ts';

const WORKER = join(import.meta.dirname, 'worker.ts');

/** Measures in several processes; each result is handed over once, in whatever order it comes. */
export const measureAll = async (
  orders: readonly Order[],
  jobs: number,
  take: (measured: Measured) => void,
): Promise<void> => {
  const open = [...orders];
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = fork(WORKER, { execArgv: ['--import', 'tsx'] });
      const next = (): void => {
        const order = open.shift();
        if (order) worker.send(order);
        else worker.disconnect();
      };
      worker.on('message', (message) => {
        take(message as Measured);
        next();
      });
      worker.once('error', reject);
      worker.once('exit', (code) => {
        if (code === 0) resolve();
        else reject(new Error(`a process of the bench ended with exit code ${code}`));
      });
      next();
    });

  await Promise.all(Array.from({ length: Math.min(jobs, orders.length) }, work));
};
