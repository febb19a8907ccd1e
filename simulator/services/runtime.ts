import type { Configuration } from '#domain/configuration/configuration.ts';
import type { TakeNote } from '#domain/lane/note.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Random } from '#simulator/kernel/random.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import type { History, Invocation, Trip } from '../history.ts';

/** Makes a call to a service of AWS: its action, what goes with it, and what it does there. */
export type Call = <T>(action: string, input: unknown, work: () => T | Promise<T>) => Promise<T>;

/** The surroundings of an invocation. */
export type Runtime = Readonly<{
  call: Call;
  now: () => Instant;
  note: TakeNote;
  configuration: Configuration;
  random: Random;
}>;

/** A function's code: it gets its way to the world, then its event. */
export type Code<E, R> = (runtime: Runtime) => (event: E) => Promise<R>;

/**
 * The network says how calls travel, and what goes wrong on the way. `carry` runs `apply` once, twice or not at all,
 * when it likes, and answers or throws; `kill` ends the invocation where it stands.
 */
export type Network = Readonly<{
  carry: <T>(trip: Trip, apply: () => Promise<T>, kill: () => void) => Promise<T>;
  /** Throws when the connection is gone on which a frozen call waited for its answer. */
  thaw: (trip: Trip) => void;
}>;

/** The things that all functions of a deployment share. */
export type LambdaWorld = Readonly<{
  timeline: Timeline;
  history: History;
  network: Network;
  random: Random;
  /** The deployment that an invocation finds: one may come between two of them. */
  configuration: (invocation: Invocation) => Configuration;
  /** A new environment's clock; clocks of machines differ a little. */
  startClock: () => () => Instant;
}>;
