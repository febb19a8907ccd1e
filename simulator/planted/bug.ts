import type { Theme } from '#simulator/run/theme.ts';

/** A plausible mistake, made by replacing a text that occurs once in a file. */
export type Bug = Readonly<{
  name: string;
  file: string;
  find: string;
  replace: string;
  /** The theme of the runs that alone can show it; these are tried first. */
  theme?: Theme['kind'];
}>;

/** Mistakes that somebody could make; each must be noticed by a checker. */
