import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import type { Stage } from '#test/drill/drills/drill.ts';
import type { Sent } from '#test/drill/judge/course.ts';
import { lanesOf, type Slice, slicesOf } from './slices.ts';

/** Requests are given up after so long; longer than the load balancer waits for a target. */
const TIMEOUT_SECONDS = 10;

/**
 * Sends the requests of all stages to a port of this machine, and to no other address. It ends by itself: each lane has
 * its count of requests, and is stopped when its time is long over.
 */
export const sendLoad = async (
  { port, load }: Readonly<{ port: number; load: readonly Stage[] }>,
  {
    begin,
    take,
    signal,
  }: Readonly<{
    begin: number;
    take: (sent: Sent) => void;
    signal: AbortSignal;
  }>,
): Promise<void> => {
  const lanes = slicesOf(load).flatMap((slice) =>
    lanesOf(slice.rate).map(async (lane) => {
      await sleep(Math.max(0, begin + slice.at + lane.at - Date.now()), undefined, { signal });
      await runLane({ port, slice, rate: lane.rate }, take, begin);
    }),
  );
  await Promise.all(lanes);
};

type Run = Readonly<{ port: number; slice: Slice; rate: number }>;

const runLane = (
  { port, slice, rate }: Run,
  take: (sent: Sent) => void,
  begin: number,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const options = {
      url: `http://127.0.0.1:${port}/?cpu=0&wait=${slice.waitMs}`,
      connections: rate,
      overallRate: rate,
      amount: rate * slice.seconds,
      timeout: TIMEOUT_SECONDS,
      sampleInt: 200,
    };
    const instance = autocannon(options, (error: unknown) => {
      clearTimeout(timer);
      if (error) reject(error instanceof Error ? error : new Error(String(error)));
      else resolve();
    });
    const timer = setTimeout(() => instance.stop(), (slice.seconds + TIMEOUT_SECONDS) * 1_000);
    instance.on('response', (_client, status, _bytes, ms) =>
      take({ at: Date.now() - begin, ms, status }),
    );
    instance.on('reqError', () =>
      take({ at: Date.now() - begin, ms: TIMEOUT_SECONDS * 1_000, status: 0 }),
    );
  });
