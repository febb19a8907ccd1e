import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 40;

/** Polls until the probe has a value; after the deadline it fails with what it waited for. */
export const until = async <T>(
  description: string,
  probe: () => Promise<T | undefined> | T | undefined,
  withinMs: number,
): Promise<T> => {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined) return value;
    if (Date.now() >= deadline) throw new Error(`not within ${withinMs} ms: ${description}`);
    await sleep(POLL_MS);
  }
};
