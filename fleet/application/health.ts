import { connect } from 'node:net';
import type { Service } from './settings.ts';

/** The answer of a service: absent `problem` means that it can be reached. */
export type Reached = Readonly<{ name: string; problem?: string }>;

/** The state of the process itself. */
export type Phase = 'starting' | 'serving' | 'draining';

export type Health = Readonly<{
  healthy: boolean;
  /** One sentence for each reason not to be healthy. */
  why: readonly string[];
}>;

/** Judges whether the load balancer should send requests here, and says why not. */
export const judgeHealth = (phase: Phase, services: readonly Reached[]): Health => {
  const why = [
    ...readinessOf(phase).why,
    ...services.flatMap(({ name, problem }) =>
      problem === undefined ? [] : [`${name} cannot be reached: ${problem}`],
    ),
  ];
  return { healthy: why.length === 0, why };
};

/** Judges the process alone: ready for requests, whatever the services say. */
export const readinessOf = (phase: Phase): Health =>
  phase === 'serving'
    ? { healthy: true, why: [] }
    : { healthy: false, why: [phase === 'starting' ? 'it is starting' : 'it is shutting down'] };

/** A check must be over before the load balancer gives up, which it does after five seconds. */
const REACH_MS = 2_000;

/** Tries to open a connection to a service; never rejects. */
export const reach = (service: Service, timeoutMs = REACH_MS): Promise<Reached> =>
  new Promise((resolve) => {
    const { name, host, port } = service;
    const socket = connect({ host, port });
    const end = (problem?: string): void => {
      socket.destroy();
      resolve(problem === undefined ? { name } : { name, problem });
    };
    socket.setTimeout(timeoutMs, () => end(`no answer from ${host}:${port} in ${timeoutMs} ms`));
    socket.once('connect', () => end());
    socket.once('error', ({ message }) => end(message || `${host}:${port} refuses`));
  });
