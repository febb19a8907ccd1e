import { quote } from '../describe-value.ts';
import { type Complaint, shifted } from '../fault.ts';

/** One word of a small grammar. */
export type ScanStep = Readonly<{
  /** Without anchors; the white space before it is skipped. */
  pattern: string;
  expected: string;
  /** Explains a word that does not fit better than `expected` does. */
  explain?: (word: string) => Complaint | undefined;
}>;

/** Finds the first word of a text that its grammar does not allow, and says what should stand there. */
export const complainAtFirst = (text: string, steps: readonly ScanStep[]): Complaint => {
  let position = 0;

  for (const step of steps) {
    const rest = text.slice(position);
    const match = new RegExp(`^\\s*(?:${step.pattern})`).exec(rest);
    if (match === null) return complaintAt(text, position, step);
    position += match[0].length;
  }

  return complaintAt(text, position, END);
};

const complaintAt = (
  text: string,
  position: number,
  { expected, explain }: ScanStep,
): Complaint => {
  const rest = text.slice(position);
  const word = WORD.exec(rest)?.[1] ?? '';
  const start = position + rest.indexOf(word);
  if (word === '') return { code: 'bad-value', message: `${quote(text)} ends too early`, expected };

  const span = { start, length: word.length };
  const explained = explain?.(word);
  return explained === undefined
    ? { code: 'bad-value', message: `cannot read ${quote(word)} in ${quote(text)}`, expected, span }
    : shifted(explained, span);
};

const END: ScanStep = { pattern: '$', expected: 'nothing more' };

/** A run of signs, or a run of anything else: `==`, `70%`, `minutes`. */
const WORD = /^\s*([<>=!≤≥≠]+|[^\s<>=!≤≥≠]+)/;
