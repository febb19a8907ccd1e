import type { Configuration } from '#domain/configuration/configuration.ts';
import type { FunctionName, Invocation } from '../history.ts';
import { type Environment, startEnvironment } from './environment.ts';
import type { Code, LambdaWorld } from './runtime.ts';

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
  let started = 0;

  const take = (configuration: Configuration): Environment<E, R> => {
    const index = idle.findLastIndex((each) => each.configuration === configuration);
    const [warm] = index < 0 ? [] : idle.splice(index, 1);
    if (warm !== undefined) return warm;
    started += 1;
    return startEnvironment(world, {
      id: `${name}-environment-${started}`,
      code,
      timeoutSeconds,
      configuration,
    });
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
