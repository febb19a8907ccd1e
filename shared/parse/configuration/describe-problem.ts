import type { ConfigurationProblem } from './configuration-problem.ts';

/** Paint makes parts of the text stand out; plain by default. */
export type Paint = Readonly<{
  bold: (text: string) => string;
  red: (text: string) => string;
  cyan: (text: string) => string;
}>;

/** A problem as text: where, what was found, the line itself, what was expected, what to do. */
export const describeProblem = (problem: ConfigurationProblem, paint: Paint = PLAIN): string => {
  const { file, line, column, path, message, frame, expected, suggestion } = problem;
  const where = paint.bold(`${file}:${line}:${column}`);
  const what = paint.red(path === '' ? message : `${path}: ${message}`);
  const hints = [
    ...(expected === undefined ? [] : [`  expected: ${expected}`]),
    ...(suggestion === undefined ? [] : [`  help: ${paint.cyan(suggestion)}`]),
  ];

  return [`${where} ${what}`, frame, ...hints].join('\n');
};

const PLAIN: Paint = { bold: String, red: String, cyan: String };
