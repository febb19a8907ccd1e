import { asError } from '#domain/basics/as-error.ts';
import { SECOND_MS } from '#domain/time/instant.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import type { History, Invocation } from '../history.ts';

export type Life = ReturnType<typeof startLife>;

type World = Readonly<{ timeline: Timeline; history: History }>;

/**
 * The time that an invocation has: an answer, an error or the time limit ends it, whatever is first.
 * What is under way when it has answered stays frozen until the environment is woken again.
 */
export const startLife = (
  { timeline, history }: World,
  invocation: Invocation,
  timeoutSeconds: number,
) => {
  let isDead = false;
  let isOver = false;
  const frozen: (() => void)[] = [];

  const end = (how: Readonly<{ response: unknown } | { error: string }>): void => {
    if (isOver) return;
    isOver = true;
    const head = { at: timeline.now(), invocation };
    history.record(
      'error' in how ? { ...head, kind: 'failed', ...how } : { ...head, kind: 'ended', ...how },
    );
  };
  const limit = new Promise<never>((_, reject) => {
    const kill = (): void => {
      const error = `${invocation.id} was killed after ${timeoutSeconds} s`;
      end({ error });
      reject(new Error(error));
    };
    timeline.quietly(timeline.now() + timeoutSeconds * SECOND_MS, () => {
      if (isOver) return;
      isDead = true;
      timeline.at(timeline.now(), kill);
    });
  });
  limit.catch(() => undefined);

  /** The wait of a call: none, until the next waking of the environment, or for ever. */
  const pause = (): Promise<void> | undefined => {
    if (isDead) return new Promise(() => {});
    return isOver ? new Promise((thaw) => frozen.push(thaw)) : undefined;
  };

  return {
    pause,
    /** The environment wakes for another invocation: what was frozen goes on. */
    thaw: (): void => {
      for (const wake of frozen.splice(0)) wake();
    },
    isDead: (): boolean => isDead,
    kill: (): void => {
      isDead = true;
    },
    whole: async <T>(work: () => Promise<T>): Promise<T> => {
      try {
        const response = await Promise.race([work(), limit]);
        if (isDead) return await limit;
        end({ response });
        return response;
      } catch (thrown) {
        if (isDead) return await limit;
        end({ error: asError(thrown).message });
        throw thrown;
      }
    },
  };
};
