import { type Instant, SECOND_MS } from '../shared/domain/instant.ts';

/** Virtual time: it stands still until it is moved. */
export type Clock = Readonly<{ now: () => Instant; advanceSeconds: (seconds: number) => void }>;

export const createClock = (start: Instant): Clock => {
  let now = start;

  return {
    now: () => now,
    advanceSeconds: (seconds) => {
      now += seconds * SECOND_MS;
    },
  };
};
