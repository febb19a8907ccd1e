import { asError } from '../../shared/domain/as-error.ts';
import { SECOND_MS } from '../../shared/domain/instant.ts';
import type { History, Invocation } from '../history.ts';
import type { Timeline } from '../kernel/timeline.ts';

export type Life = ReturnType<typeof startLife>;

/** The time that an invocation has: an answer, an error or the time limit ends it, whatever is first. */
export const startLife = (
  { timeline, history }: Readonly<{ timeline: Timeline; history: History }>,
  invocation: Invocation,
  timeoutSeconds: number,
) => {
  let isDead = false;
  let isRecorded = false;
  const record = (end: Readonly<{ response: unknown } | { error: string }>): void => {
    if (isRecorded) return;
    isRecorded = true;
    const head = { at: timeline.now(), invocation };
    history.record(
      'error' in end ? { ...head, kind: 'failed', ...end } : { ...head, kind: 'ended', ...end },
    );
  };

  const limit = new Promise<never>((_, reject) => {
    const kill = (): void => {
      const error = `${invocation.id} was killed after ${timeoutSeconds} s`;
      record({ error });
      reject(new Error(error));
    };
    timeline.quietly(timeline.now() + timeoutSeconds * SECOND_MS, () => {
      isDead = true;
      if (!isRecorded) timeline.at(timeline.now(), kill);
    });
  });
  limit.catch(() => undefined);

  /** Settles as the work does, unless the invocation is dead by then: then it never does. */
  const during = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isDead) return forEver();
    return work().then(
      (value) => (isDead ? forEver() : value),
      (error: unknown) => (isDead ? forEver() : Promise.reject(error)),
    );
  };

  return {
    during,
    kill: (): void => {
      isDead = true;
    },
    whole: async <T>(work: () => Promise<T>): Promise<T> => {
      try {
        const response = await Promise.race([during(work), limit]);
        record({ response });
        return response;
      } catch (thrown) {
        record({ error: asError(thrown).message });
        throw thrown;
      }
    },
  };
};

/** What waits inside a dead invocation waits for ever. */
const forEver = (): Promise<never> => new Promise(() => {});
