import type { Span } from '../fault.ts';
import { type Token, tokensOf } from './tokens.ts';

/**
 * The shape of what an expression of CloudWatch metric math gives: one number, one time series or several. `unknown`
 * when it cannot be told from the text, or the text cannot be read.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax
 */
export type Shape = 'number' | 'series' | 'several' | 'unknown';

/** The result of an expression, the functions that it calls, and whether any data go into it. */
export type ExpressionReading = Readonly<{
  shape: Shape;
  calls: readonly Call[];
  hasData: boolean;
}>;
export type Call = Readonly<{ name: string; span: Span }>;

/** Reads an expression as far as its shape goes; it never fails. */
export const shapeOf = (expression: string): ExpressionReading => {
  const tokens = tokensOf(expression);
  const calls = tokens.flatMap(({ kind, text, start }, index) =>
    kind === 'word' && tokens[index + 1]?.text === '('
      ? [{ name: text.toUpperCase(), span: { start, length: text.length } }]
      : [],
  );
  const cursor: Cursor = { tokens, at: 0 };
  const shape = readMixed(cursor, 0);
  const isRead = cursor.at === tokens.length;
  return {
    shape: isRead ? shape : 'unknown',
    calls,
    hasData: tokens.some((token) => bringsData(token)),
  };
};

/** An id of a metric, or a function that fetches data itself. */
const bringsData = ({ kind, text }: Token): boolean =>
  kind === 'word' && (/^[a-z]/.test(text) || !NO_DATA.includes(text.toUpperCase()));

/** The place of the next token; the one thing that moves. */
type Cursor = { readonly tokens: readonly Token[]; at: number };

/** Deepest nesting of brackets that is read. */
const DEEPEST = 64;

/** Operands between operators: an operator joins a number and a series to a series, and so on. */
const readMixed = (cursor: Cursor, depth: number): Shape => {
  let shape = readOperand(cursor, depth);
  while (isOperator(cursor.tokens[cursor.at])) {
    cursor.at += 1;
    shape = widest([shape, readOperand(cursor, depth)]);
  }
  return shape;
};

const isOperator = (token: Token | undefined): boolean =>
  token?.kind === 'operator' || (token?.kind === 'word' && /^(?:AND|OR)$/i.test(token.text));

const readOperand = (cursor: Cursor, depth: number): Shape => {
  const token = cursor.tokens[cursor.at];
  if (token === undefined || depth > DEEPEST) return 'unknown';
  cursor.at += 1;
  if (token.text === '-' || token.text === '!') return readOperand(cursor, depth + 1);
  if (token.text === '(') return readBracket(cursor, depth + 1);
  if (token.text === '[') {
    readList(cursor, ']', depth + 1);
    return 'several';
  }
  return token.kind === 'word' ? readWord(cursor, token, depth) : shapeOfLiteral(token);
};

const shapeOfLiteral = ({ kind }: Token): Shape => (kind === 'number' ? 'number' : 'unknown');

/** The id of a metric, a word such as DESC, or a call. */
const readWord = (cursor: Cursor, { text }: Token, depth: number): Shape => {
  if (cursor.tokens[cursor.at]?.text !== '(') return /^[a-z]/.test(text) ? 'series' : 'unknown';
  cursor.at += 1;
  const first = cursor.at;
  const parts = readList(cursor, ')', depth + 1);
  return shapeOfCall(text.toUpperCase(), parts, cursor.tokens.slice(first, cursor.at - 1));
};

const readBracket = (cursor: Cursor, depth: number): Shape => {
  const shape = readMixed(cursor, depth);
  if (cursor.tokens[cursor.at]?.text === ')') cursor.at += 1;
  return shape;
};

const readList = (cursor: Cursor, end: string, depth: number): readonly Shape[] => {
  const parts: Shape[] = [];
  while (cursor.at < cursor.tokens.length && cursor.tokens[cursor.at]?.text !== end) {
    const before = cursor.at;
    parts.push(readMixed(cursor, depth));
    // Beyond the depth nothing is read; one step on, and the reading ends.
    if (cursor.tokens[cursor.at]?.text === ',' || cursor.at === before) cursor.at += 1;
  }
  cursor.at += 1;
  return parts;
};

const widest = (shapes: readonly Shape[]): Shape =>
  ORDER.find((shape) => shapes.includes(shape)) as Shape;

/** Results in the order in which they win when two are joined; a join is never empty, so one of these is found. */
const ORDER: readonly Shape[] = ['unknown', 'several', 'series', 'number'];

const shapeOfCall = (name: string, parts: readonly Shape[], inner: readonly Token[]): Shape => {
  const [first = 'unknown'] = parts;
  if (ALWAYS_SEVERAL.includes(name)) return 'several';
  if (ALWAYS_SERIES.includes(name)) return 'series';
  if (ALWAYS_NUMBER.includes(name)) return 'number';
  if (JOINING.includes(name)) return joined(parts);
  if (KEEPING.includes(name)) return first;
  if (name === 'IF') return widest(['number', ...parts]);
  return name === 'SLICE' ? sliced(inner) : 'unknown';
};

/** They join several series to one, and one series to a number. */
const joined = (parts: readonly Shape[]): Shape => {
  const [first = 'unknown'] = parts;
  if (parts.length > 1) return widest(parts) === 'number' ? 'number' : 'unknown';
  if (first === 'several') return 'series';
  return first === 'series' ? 'number' : first;
};

/** `SLICE(series, 0, 1)` is one series; other slices have as many as their ends say, or nobody knows. */
const sliced = (inner: readonly Token[]): Shape => {
  const [begin, comma, end] = inner.slice(-3);
  if (begin?.kind !== 'number' || comma?.text !== ',' || end?.kind !== 'number') return 'unknown';
  return Number(end.text) - Number(begin.text) === 1 ? 'unknown' : 'several';
};

const ALWAYS_SEVERAL = ['SEARCH', 'METRICS', 'SORT', 'ANOMALY_DETECTION_BAND', 'REMOVE_EMPTY'];
const ALWAYS_SERIES = ['FIRST', 'LAST', 'TIME_SERIES', 'SERVICE_QUOTA', 'INSIGHT_RULE_METRIC'];
const ALWAYS_NUMBER = ['PERIOD', 'METRIC_COUNT'];
const JOINING = ['AVG', 'MAX', 'MIN', 'SUM', 'STDDEV', 'DATAPOINT_COUNT'];
const NO_DATA = [
  'TIME_SERIES',
  'IF',
  'AND',
  'OR',
  'AVG',
  'MAX',
  'MIN',
  'SUM',
  'ABS',
  'CEIL',
  'FLOOR',
];
const KEEPING = [
  'ABS',
  'CEIL',
  'FLOOR',
  'LOG',
  'LOG10',
  'DIFF',
  'DIFF_TIME',
  'RATE',
  'RUNNING_SUM',
  'FILL',
  'MINUTE',
  'HOUR',
  'DAY',
  'DATE',
  'MONTH',
  'YEAR',
  'EPOCH',
];
