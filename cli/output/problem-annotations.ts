import type { Annotation } from './annotation.ts';
import type { Failure } from './failure.ts';

/** A mistake with its place, as far as it has one. */
type Placed = Readonly<{
  file?: string;
  line?: number;
  column?: number;
  message?: string;
  expected?: string;
  suggestion?: string;
}>;

/** The annotations for mistakes of a file. */
export const annotationsOfProblems = (
  problems: readonly Placed[],
  title: string,
): readonly Annotation[] =>
  problems.map(({ file = '', line, column, message = '', expected, suggestion }) => ({
    level: 'error',
    file,
    line,
    column,
    title,
    message: [
      message,
      ...(expected === undefined ? [] : [`expected ${expected}`]),
      ...(suggestion === undefined ? [] : [suggestion]),
    ].join('\n'),
  }));

/** The annotations for a failure: on each mistake of the file, else one for the whole. */
export const annotationsOf = (
  { message, help, problems = [] }: Failure,
  command: string | null,
): readonly Annotation[] => {
  const title = `tidegate ${command ?? ''}`.trim();
  const placed = problems.filter((each) => 'line' in each) as readonly Placed[];
  return placed.length > 0
    ? annotationsOfProblems(placed, title)
    : [
        {
          level: 'error',
          file: '',
          title,
          message: help === undefined ? message : `${message}\n${help}`,
        },
      ];
};
