import type { Effort } from './effort.ts';
import type { Family } from './family.ts';
import type { Verdict } from './judge.ts';

/** A family at one level: as it is, in draws of days and seeds, and in draws of traces, too. */
export type Entry = Readonly<{
  family: Family;
  verdict: Verdict;
  draws: readonly Verdict[];
  wide: readonly Verdict[];
  variants: readonly string[];
  unreached: number;
  effort?: Effort;
}>;
