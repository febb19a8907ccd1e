import { CommandFailure } from '#cli/output/failure.ts';
import type { HistoryProblem } from '#parse/history/points.ts';

/** The failure of a history with mistakes: each with its file, its place and the way out. */
export const historyFailure = (problems: readonly HistoryProblem[]): CommandFailure =>
  new CommandFailure({
    code: 'invalid-file',
    message: `the history has ${problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`}`,
    help: 'docs/history.md has the format, and what is wrong with a history',
    problems: problems.map((problem) => ({ ...problem })),
    frames: problems
      .map(
        ({ file, place, message, help }) =>
          `${file}${place === undefined ? '' : `, ${place}`}: ${message}\n  ${help}`,
      )
      .join('\n'),
  });
