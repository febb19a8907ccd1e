import type { SizeFigures } from './sizes.ts';

/** The report of what one group did in a time, and what it took. */
export type GroupReport = Readonly<{
  group: string;
  autoScalingGroup: string;
  /** Changes of the desired capacity that AWS took. */
  changes: Readonly<{ out: number; in: number }>;
  /** Changes by rules in the other direction than the change by rules before. */
  reversals: number;
  /** Plans that AWS refused. */
  refused: number;
  /** Targets that were taken out to be replaced, put aside or only deregistered. */
  targets: number;
  /** Counts of decisions and refusals that asked for a person, by their reasons. */
  troubles: Readonly<Record<string, number>>;
  /** Changes that each rule led to, those of rules that have left the file included. */
  byRule: Readonly<Record<string, number>>;
  /** Active rules of the file that no change followed; rules that only move bounds are not asked. */
  idleRules: readonly string[];
  /** Absent where the group publishes no metrics of itself. */
  sizes?: SizeFigures;
  cost?: Cost;
  hints: readonly string[];
}>;

export type Cost = Readonly<{
  /** The instance-hours at the price, in the currency of the price. */
  spent: number;
  /** The same, had the largest size of the time been there all the time. */
  atLargest: number;
  /** The source of the price, in words. */
  basis: string;
  /** Set when the price is of the bundled list, and not of the file. */
  isListed?: true;
}>;
