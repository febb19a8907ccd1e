import { setTimeout as sleep } from 'node:timers/promises';

/** The amount of work that a request asks for. */
export type Work = Readonly<{
  /** Time on the processor, which others wait for. */
  cpuMs: number;
  /** Time that passes elsewhere, as in a database. */
  waitMs: number;
}>;

/** No request may ask for more, or a stranger could stop an instance. */
const MOST_MS = 10_000;

/** Reads `?cpu=20&wait=200` of a request, in milliseconds. */
export const workIn = (query: URLSearchParams, cpuMs: number): Work => ({
  cpuMs: amountIn(query.get('cpu'), cpuMs),
  waitMs: amountIn(query.get('wait'), 0),
});

const amountIn = (text: string | null, otherwise: number): number => {
  const value = text === null || text === '' ? otherwise : Number(text);
  return Number.isFinite(value) ? Math.min(MOST_MS, Math.max(0, value)) : otherwise;
};

/** Does the work. The processor is given up every few milliseconds, so that health checks come through. */
export const perform = async ({ cpuMs, waitMs }: Work): Promise<void> => {
  if (waitMs > 0) await sleep(waitMs, undefined, { ref: false });
  for (let left = cpuMs; left > 0; left -= SLICE_MS) {
    spin(Math.min(SLICE_MS, left));
    await sleep(0);
  }
};

const SLICE_MS = 10;

const spin = (ms: number): void => {
  const end = performance.now() + ms;
  while (performance.now() < end) Math.sqrt(end);
};
