import { SECOND_MS } from '../../shared/domain/instant.ts';
import type { Timeline } from '../kernel/timeline.ts';

/** One run of a function's code, as far as the world outside can see it. */
export type Invocation = Readonly<{ functionName: string }>;

/** Makes a call to a service of AWS from inside an invocation; the call has its name from the API. */
export type Call = <T>(api: string, work: () => T | Promise<T>) => Promise<T>;

/** How calls travel, and what goes wrong with them. */
export type Network = Readonly<{
  /** From the invocation to the service, and as long again on the way back. */
  latencyMs: number;
  /** True when the invocation dies at this call, before it is sent. */
  dies: (invocation: Invocation, api: string) => boolean;
}>;

/** A function's code: it gets its way to the world, then its event. */
export type Code<E, R> = (call: Call) => (event: E) => Promise<R>;

/**
 * Lambda: runs code, and kills it at its time limit. What is killed makes no further call and never
 * answers; whoever waits for it learns so at the limit.
 */
export const createFunction =
  <E, R>(timeline: Timeline, network: Network, { name, timeoutSeconds, code }: Settings<E, R>) =>
  (event: E): Promise<R> =>
    new Promise((resolve, reject) => {
      const life: Life = { isOver: false };
      timeline.at(timeline.now() + timeoutSeconds * SECOND_MS, () => {
        life.isOver = true;
        reject(new Error(`${name} was killed after ${timeoutSeconds} s`));
      });

      const call = callFrom({ functionName: name }, life, { timeline, network });
      code(call)(event).then(resolve, reject);
    });

type Life = { isOver: boolean };
type World = Readonly<{ timeline: Timeline; network: Network }>;

const callFrom =
  (invocation: Invocation, life: Life, { timeline, network }: World): Call =>
  async (api, work) => {
    if (network.dies(invocation, api)) life.isOver = true;
    await whileAlive(life, timeline.sleep(network.latencyMs));
    const answer = await work();
    await whileAlive(life, timeline.sleep(network.latencyMs));
    return answer;
  };

/** What waits inside a dead invocation waits for ever. */
const whileAlive = async (life: Life, waited: Promise<void>): Promise<void> => {
  await waited;
  if (life.isOver) await new Promise<never>(() => {});
};

type Settings<E, R> = Readonly<{ name: string; timeoutSeconds: number; code: Code<E, R> }>;
