import type { ConfigurationProblem } from './configuration-problem.ts';
import { printable } from './describe-value.ts';
import type { Path } from './fault.ts';
import { frameOf } from './frame.ts';
import { keyedIn, maskKeyed, maskKnown } from './mask-secrets.ts';
import { pathText } from './path-text.ts';
import type { Mistake } from './yaml/mistake.ts';

type Source = Readonly<{
  file: string;
  text: string;
  /** Values that no message may repeat. */
  secrets?: readonly string[];
}>;
type Placed = Mistake & Readonly<{ path?: Path }>;

/** Mistakes as people see them, in the order of the file. */
export const problemsOf = (
  mistakes: readonly Placed[],
  { file, text, secrets = [] }: Source,
): readonly ConfigurationProblem[] => {
  const starts = lineStarts(text);
  const known = [...new Set([...secrets, ...keyedIn(text)])].slice(0, MOST_KNOWN);
  const safe = (line: string) => maskKnown(printable(line), known);
  const lines = maskKeyed(text)
    .split('\n')
    .map((line) => safe(line.replace(/\r$/, '')));
  const inOrder = once(mistakes).sort((one, other) => one.range.start - other.range.start);

  return inOrder.map(({ range, path = [], code, message, expected, suggestion }) => {
    const line = lineAt(starts, range.start);
    const column = range.start - (starts[line - 1] as number) + 1;

    return {
      file,
      line,
      column,
      path: pathText(path),
      code,
      message: maskKnown(message, known),
      ...(expected === undefined ? {} : { expected: maskKnown(expected, known) }),
      ...(suggestion === undefined ? {} : { suggestion: maskKnown(suggestion, known) }),
      frame: frameOf(lines, { line, column, length: range.end - range.start }),
    };
  });
};

/** A bound on the work that a hostile file can cause: more secrets than any file of channels has. */
const MOST_KNOWN = 30;

/** The parser stumbles over some mistakes more than once. */
const once = (mistakes: readonly Placed[]): Placed[] => [
  ...new Map(mistakes.map((each) => [keyOf(each), each])).values(),
];

const keyOf = ({ range, path = [], message }: Placed): string =>
  `${range.start} ${pathText(path)} ${message}`;

const lineStarts = (text: string): readonly number[] => [
  0,
  ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1),
];

/** The line, from 1, in which an offset lies: the last that begins at or before it. */
const lineAt = (starts: readonly number[], offset: number): number => {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle;
  }
  return high;
};
