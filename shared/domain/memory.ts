import type { Head } from './head.ts';
import type { Override } from './override.ts';

/** What the ledger holds of a group in one lane, and what a person put above its rules. */
export type Memory<H extends Head> = Readonly<{ head?: H; override?: Override }>;

/** What is remembered of a group. A head that an older version wrote lacks what later ones remember. */
export const recall = <H extends Head>(
  newHead: H,
  { head, override }: Memory<H> = {},
): Readonly<{ head: H; override?: Override }> => ({
  head: { ...newHead, ...head },
  ...(override === undefined ? {} : { override }),
});
