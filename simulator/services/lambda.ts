import { asError } from '../../shared/domain/as-error.ts';
import type { Configuration } from '../../shared/domain/configuration.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { TakeNote } from '../../shared/domain/note.ts';
import type { FunctionName, History, Invocation, Trip } from '../history.ts';
import type { Random } from '../kernel/random.ts';
import type { Timeline } from '../kernel/timeline.ts';
import { type Life, startLife } from './life.ts';

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
}>;

/** What all functions of a deployment share. */
export type LambdaWorld = Readonly<{
  timeline: Timeline;
  history: History;
  network: Network;
  random: Random;
  /** Read when an invocation starts: a deployment may change it between two of them. */
  configuration: (invocation: Invocation) => Configuration;
  /** The clock that an invocation sees; clocks of machines differ a little. */
  clockOf: (invocation: Invocation) => () => Instant;
}>;

type Settings<E, R> = Readonly<{ name: FunctionName; timeoutSeconds: number; code: Code<E, R> }>;

/**
 * Lambda: runs code, and kills it at its time limit. What is killed makes no further call and never
 * answers; whoever waits for it learns so at the limit.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export const createFunction = <E, R>(
  world: LambdaWorld,
  { name, timeoutSeconds, code }: Settings<E, R>,
): ((event: E) => Promise<R>) => {
  let count = 0;

  return async (event) => {
    count += 1;
    const invocation: Invocation = { id: `${name}-${count}`, functionName: name };
    world.history.record({ at: world.timeline.now(), kind: 'invoked', invocation, event });

    const life = startLife(world, invocation, timeoutSeconds);
    return life.whole(() => code(runtimeOf(world, invocation, life))(event));
  };
};

const runtimeOf = (world: LambdaWorld, invocation: Invocation, life: Life): Runtime => {
  const { timeline, history, network, random } = world;
  const call: Call = async (action, input, work) => {
    const trip: Trip = { invocation, action, input };
    const record = (end: Readonly<{ answer: unknown } | { error: string }>): void =>
      history.record({ at: timeline.now(), kind: 'answered', trip, ...end });
    const apply = async () => {
      history.record({ at: timeline.now(), kind: 'applying', trip });
      return work();
    };

    try {
      const answer = await life.during(() => network.carry(trip, apply, life.kill));
      record({ answer });
      return answer;
    } catch (thrown) {
      record({ error: asError(thrown).message });
      throw thrown;
    }
  };

  return {
    call,
    random,
    now: world.clockOf(invocation),
    configuration: world.configuration(invocation),
    note: (note) => history.record({ at: timeline.now(), kind: 'noted', invocation, note }),
  };
};
