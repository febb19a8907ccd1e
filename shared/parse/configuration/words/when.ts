import { ok, type Result } from '#domain/basics/result.ts';
import type { Comparison } from '#domain/configuration/rule-parts.ts';
import { quote } from '../describe-value.ts';
import { type Complaint, complain, type Span } from '../fault.ts';
import { didYouMean } from '../nearest.ts';
import { DURATION_PATTERN, inSeconds, readDuration } from './duration.ts';
import { repairWhen } from './repair-when.ts';
import { complainAtFirst, type ScanStep } from './scan.ts';
import { textWords, type Words } from './words.ts';

/** `cpu > 70 for 3m of 5m`, read but not yet held against the metric that it names. */
export type ConditionInput = Readonly<{
  kind: 'condition';
  /** With single spaces, for messages. */
  text: string;
  metric: Located<string>;
  comparison: Comparison;
  threshold: number;
  /** The seconds for which the metric must be beyond the threshold. */
  hold?: Located<number>;
  /** The seconds within which it must be so, if they are more. */
  window?: Located<number>;
}>;

/** A part of a text with its place, for what only later turns out to be wrong. */
export type Located<T> = Readonly<{ value: T; span: Span }>;

const METRIC = '[A-Za-z][A-Za-z0-9_-]*';
const COMPARISON = '>=|<=|>|<';
const NUMBER = String.raw`-?\d{1,15}(?:\.\d{1,15})?(?:[eE][+-]?\d{1,2})?`;
const FOR = String.raw`(?:\s+for\s+(${DURATION_PATTERN})(?:\s+of\s+(${DURATION_PATTERN}))?)?`;
const PATTERN = String.raw`^\s*(${METRIC})\s*(${COMPARISON})\s*(${NUMBER})${FOR}\s*$`;

/** `METRIC > NUMBER`, and optionally `for DURATION` or `for DURATION of DURATION`. */
export const condition: Words<ConditionInput> = textWords({
  expected: 'a condition such as cpu > 70 for 5m, or { alarm: NAME } for an alarm that you have',
  schema: {
    pattern: PATTERN,
    examples: ['cpu > 70 for 5m', 'cpu < 30 for 8m of 10m', 'backlog >= 1000'],
  },
  read: (text) => {
    const match = WHEN.exec(text);
    return match === null ? complain(explain(text)) : ok(inputOf(match as WhenMatch));
  },
});

const WHEN = new RegExp(PATTERN, 'd');

type WhenMatch = RegExpExecArray &
  [string, string, Comparison, string, string?, string?] & { indices: [number, number][] };

const inputOf = (match: WhenMatch): ConditionInput => {
  const [text, metric, comparison, threshold, hold, window] = match;

  return {
    kind: 'condition',
    text: text.trim().replace(/\s+/g, ' '),
    metric: { value: metric, span: spanOf(match, 1) },
    comparison,
    threshold: Number(threshold),
    ...(hold && { hold: { value: inSeconds(hold), span: spanOf(match, 4) } }),
    ...(window && { window: { value: inSeconds(window), span: spanOf(match, 5) } }),
  };
};

const spanOf = ({ indices }: WhenMatch, group: number): Span => {
  const [start, end] = indices[group] as [number, number];
  return { start, length: end - start };
};

const explain = (text: string): Complaint => {
  const repaired = repairWhen(text);
  return {
    ...complainAtFirst(text, STEPS),
    ...(WHEN.test(repaired) ? didYouMean(repaired) : {}),
  };
};

const explainDuration = (word: string): Complaint | undefined => {
  const result: Result<number, Complaint> = readDuration(word);
  return result.ok ? undefined : result.problem;
};

const SECOND_COMPARISON: Complaint = {
  code: 'bad-value',
  message: 'found a second comparison',
  expected: 'one comparison in each rule',
  suggestion:
    'for "or" write a second rule; for "and" a metric such as { expression: "IF(a > 70 AND b > 1, 1, 0)", uses: … }',
};

/** A number with more digits than are taken. */
const OF_ANY_LENGTH = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

const tooManyDigits = (word: string): Complaint => ({
  code: 'out-of-range',
  message: `found ${quote(word)}`,
  expected:
    "a number in the metric's own unit, of at most 15 digits before the point, 15 after it and 2 in its exponent",
});

const DURATION: ScanStep = {
  pattern: `(?:${DURATION_PATTERN})(?!\\S)`,
  expected: 'a duration such as 5m',
  explain: explainDuration,
};

const STEPS: readonly ScanStep[] = [
  { pattern: `${METRIC}(?=[\\s<>=!≤≥≠]|$)`, expected: 'the name of a metric' },
  { pattern: `(?:${COMPARISON})(?![<>=!])`, expected: 'a comparison: >, >=, < or <=' },
  {
    pattern: `${NUMBER}(?!\\S)`,
    expected: "a number in the metric's own unit",
    explain: (word) => (OF_ANY_LENGTH.test(word) ? tooManyDigits(word) : undefined),
  },
  {
    pattern: 'for(?!\\S)',
    expected: '"for" and a duration, or nothing more',
    explain: (word) => (/^(?:and|or|&&|\|\|)$/i.test(word) ? SECOND_COMPARISON : undefined),
  },
  DURATION,
  { pattern: 'of(?!\\S)', expected: '"of" and a duration, or nothing more' },
  DURATION,
];
