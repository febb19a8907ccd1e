import { asError } from '#domain/basics/as-error.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import type { Invocation, Trip } from '../history.ts';
import { type Life, startLife } from './life.ts';
import type { Call, Code, LambdaWorld } from './runtime.ts';

export type Environment<E, R> = Readonly<{
  configuration: Configuration;
  /** Runs an invocation to its answer, its error or its time limit. */
  run: (invocation: Invocation, event: E) => Promise<R>;
  /** False once an invocation in it was killed. */
  isAlive: () => boolean;
}>;

type Settings<E, R> = Readonly<{
  id: string;
  code: Code<E, R>;
  timeoutSeconds: number;
  configuration: Configuration;
}>;

/**
 * An execution environment: its code is started once and takes one invocation after the other. In
 * between it is frozen: a call that is still under way goes on when the next invocation comes, minutes
 * later, perhaps with its connection gone, or never.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export const startEnvironment = <E, R>(
  world: LambdaWorld,
  { id, code, timeoutSeconds, configuration }: Settings<E, R>,
): Environment<E, R> => {
  const { timeline, history, random } = world;
  let current: Current | undefined;
  const here = (): Current => {
    if (current === undefined) throw new Error('code that is not invoked makes no call');
    return current;
  };

  const handle = code({
    random,
    configuration,
    now: world.startClock(),
    call: callFrom(world, id, here),
    note: (note) =>
      history.record({ at: timeline.now(), kind: 'noted', invocation: here().invocation, note }),
  });

  return {
    configuration,
    isAlive: () => current === undefined || !current.life.isDead(),
    run: (invocation, event) => {
      const before = current;
      const life = startLife(world, invocation, timeoutSeconds);
      current = { invocation, life };
      before?.life.thaw();
      return life.whole(() => handle(event));
    },
  };
};

type Current = Readonly<{ invocation: Invocation; life: Life }>;

/** The calls to AWS of an environment's code, whichever invocation it works for by then. */
const callFrom = (
  { timeline, history, network }: LambdaWorld,
  environment: string,
  here: () => Current,
): Call => {
  let calls = 0;

  return async (action, input, work) => {
    const pause = () => here().life.pause();
    const asleep = pause();
    if (asleep) await asleep;
    calls += 1;
    const { invocation } = here();
    const trip: Trip = { invocation, environment, order: calls, action, input };
    const apply = async () => {
      history.record({ at: timeline.now(), kind: 'applying', trip });
      return work();
    };

    try {
      const answer = await network.carry(trip, apply, () => here().life.kill());
      const frozen = pause();
      if (frozen) await frozen.then(() => network.thaw(trip));
      history.record({ at: timeline.now(), kind: 'answered', trip, answer });
      return answer;
    } catch (thrown) {
      await pause();
      const error = asError(thrown).message;
      history.record({ at: timeline.now(), kind: 'answered', trip, error });
      throw thrown;
    }
  };
};
