import type { Disposition } from '#domain/lane/disposition.ts';
import type { Answer } from '#domain/ledger/outcome.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';

/** An environment changes so many groups side by side, so that a throttle is noticed before all of a batch have run into it. */
const SIDE_BY_SIDE = 5;
/** After AWS has throttled a change an environment begins none for so long. */
const REST_MS = 5 * SECOND_MS;
/** Nobody waits in line for longer: an invocation has half a minute for all. */
const LONGEST_WAIT_MS = 10 * SECOND_MS;

/** The turns of an environment's changes. */
export type ChangeTurns = Readonly<{
  /** Makes a change in its turn; nothing when it must come later, and was not begun. */
  take: <T>(change: () => Promise<T>) => Promise<T | undefined>;
  /** Hears an answer of AWS about a change. */
  hear: (answer: Answer) => void;
}>;

/**
 * Lets an environment make its changes a few side by side, and none while AWS has just throttled one. AWS does not say how many
 * changes of capacity it takes in a second, so its throttles are the measure. A change that waits is neither
 * planned nor written: its message comes back, and is decided on what is true by then.
 */
export const changeTurns = (now: () => Instant): ChangeTurns => {
  let underWay = 0;
  let restsUntil = Number.NEGATIVE_INFINITY;
  const line: (() => void)[] = [];

  const turn = async (): Promise<void> => {
    underWay += 1;
    if (underWay > SIDE_BY_SIDE) await new Promise<void>((resolve) => line.push(resolve));
  };
  const pass = (): void => {
    underWay -= 1;
    line.shift()?.();
  };

  return {
    take: async (change) => {
      const askedAt = now();
      await turn();
      try {
        const isLate = now() - askedAt > LONGEST_WAIT_MS;
        return isLate || now() < restsUntil ? undefined : await change();
      } finally {
        pass();
      }
    },
    hear: (answer) => {
      if (answer.kind === 'refused' && answer.reason === 'Throttled') restsUntil = now() + REST_MS;
    },
  };
};

/** The message of a change that must come later is seen three more times; then the sweep asks, once a minute. */
export const comeLater = (): Disposition => ({
  kind: 'retry',
  error: new Error('AWS throttles changes of capacity: this one waits for its turn'),
  isExpected: true,
  receivesAtMost: 4,
});
