import type { Instant } from '#domain/time/instant.ts';
import type { Head } from './head.ts';
import type { Override } from './override.ts';
import { withPastTimes } from './past-times.ts';

/** The ledger's memory of a group in one lane, and what a person put above its rules. */
export type Memory<H extends Head> = Readonly<{
  head?: H;
  override?: Override;
  /** The fault of the head or the override as the table holds it; nothing may be done then. */
  damage?: string;
}>;

/** An evaluation's knowledge from before. */
export type Recalled<H extends Head> = Readonly<{
  head: H;
  override?: Override;
  /** Set when times of the head were far ahead, and the head must be stored as it is here. */
  isClockRepaired?: true;
}>;

/**
 * Recalls what is remembered of a group, as it looks at this moment. A head that an older version wrote lacks what
 * later ones remember; times that a wrong clock wrote ahead of `now` are moved back to it.
 */
export const recall = <H extends Head>(
  newHead: H,
  { head: stored, override }: Memory<H> = {},
  now: Instant,
): Recalled<H> => {
  const { head, isRepaired } = withPastTimes({ ...newHead, ...stored }, now);
  return {
    head,
    ...(override === undefined ? {} : { override }),
    ...(isRepaired ? { isClockRepaired: true } : {}),
  };
};
