/** A plausible mistake, made by replacing a text that occurs once in a file. */
export type Bug = Readonly<{ name: string; file: string; find: string; replace: string }>;

/** Mistakes that somebody could make; each must be noticed by a checker. */
