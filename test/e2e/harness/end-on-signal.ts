import { constants } from 'node:os';

/** Signals by which a terminal, a CI server and a lost connection ask a process to end. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Longer than anything that is stopped takes. */
const PATIENCE_MS = 5_000;

/**
 * Ends this process when it is told to, after `stopAll`; what it started and is still there ends with
 * it, through the listeners of `exit`. The exit code is 128 and the signal's number, as shells expect.
 */
export const endOnSignal = (stopAll: () => Promise<void>): void => {
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      const leave = (): never => process.exit(128 + constants.signals[signal]);
      setTimeout(leave, PATIENCE_MS);
      stopAll().then(leave, leave);
    });
  }
};
