import type { Configuration } from '../../shared/domain/configuration.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { TakeNote } from '../../shared/domain/note.ts';
import type { FunctionName, History, Invocation, Trip } from '../history.ts';
import type { Random } from '../kernel/random.ts';
import type { Timeline } from '../kernel/timeline.ts';
import { type Environment, startEnvironment } from './environment.ts';

/** Makes a call to a service of AWS: its action, what goes with it, and what it does there. */
export type Call = <T>(action: string, input: unknown, work: () => T | Promise<T>) => Promise<T>;

/** What an invocation finds around it. */
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
 * How calls travel, and what goes wrong on the way. `carry` runs `apply` once, twice or not at all,
 * when it likes, and answers or throws; `kill` ends the invocation where it stands.
 */
export type Network = Readonly<{
  carry: <T>(trip: Trip, apply: () => Promise<T>, kill: () => void) => Promise<T>;
  /** Throws when the connection is gone on which a frozen call waited for its answer. */
  thaw: (trip: Trip) => void;
}>;

/** What all functions of a deployment share. */
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

type Settings<E, R> = Readonly<{ name: FunctionName; timeoutSeconds: number; code: Code<E, R> }>;

/**
 * Lambda: runs code in environments that it keeps, and kills it at its time limit. What is killed
 * makes no further call and never answers; whoever waits for it learns so at the limit.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export const createFunction = <E, R>(
  world: LambdaWorld,
  { name, timeoutSeconds, code }: Settings<E, R>,
): ((event: E) => Promise<R>) => {
  const idle: Environment<E, R>[] = [];
  let count = 0;

  const take = (configuration: Configuration): Environment<E, R> => {
    const index = idle.findLastIndex((each) => each.configuration === configuration);
    const [warm] = index < 0 ? [] : idle.splice(index, 1);
    return warm ?? startEnvironment(world, { code, timeoutSeconds, configuration });
  };

  return async (event) => {
    count += 1;
    const invocation: Invocation = { id: `${name}-${count}`, functionName: name };
    world.history.record({ at: world.timeline.now(), kind: 'invoked', invocation, event });

    const environment = take(world.configuration(invocation));
    try {
      return await environment.run(invocation, event);
    } finally {
      if (environment.isAlive()) idle.push(environment);
    }
  };
};
