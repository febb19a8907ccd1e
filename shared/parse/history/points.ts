import type { Result } from '#domain/basics/result.ts';
import type { Instant } from '#domain/time/instant.ts';

/** A value as a file has it; NaN where the file says that there is none. */
export type Point = Readonly<{
  at: Instant;
  value: number;
  /** The place in the file, for people: `line 7`. */
  place: string;
}>;

/** A mistake in a history, with its place and the way out. */
export type HistoryProblem = Readonly<{
  code:
    | 'not-a-history'
    | 'no-points'
    | 'no-time'
    | 'no-number'
    | 'negative'
    | 'duplicate'
    | 'clock-jump'
    | 'wrong-unit'
    | 'too-large';
  file: string;
  place?: string;
  message: string;
  help: string;
}>;

export type Points = Result<readonly Point[], readonly HistoryProblem[]>;

/** A file with its name for messages. */
export type NamedText = Readonly<{ file: string; text: string }>;

/** A mistake that is made in every line is told so many times. */
const MOST_PROBLEMS = 5;

/** The first mistakes of each kind; the last of them says how many more there are. */
export const firstOfEach = (problems: readonly HistoryProblem[]): readonly HistoryProblem[] => {
  const codes = [...new Set(problems.map(({ code }) => code))];
  return codes.flatMap((wanted) => {
    const all = problems.filter(({ code }) => code === wanted);
    const more = all.length - MOST_PROBLEMS;
    const told = all.slice(0, MOST_PROBLEMS);
    return more <= 0
      ? told
      : told.map((each, index) =>
          index === told.length - 1
            ? { ...each, message: `${each.message} (and ${more} more like it)` }
            : each,
        );
  });
};
