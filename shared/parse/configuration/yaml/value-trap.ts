import type { ErrorCode } from 'yaml';
import type { Stumble, Told } from './traps.ts';

/** Recognises values that YAML takes apart, and that quotation marks keep together. */
export const valueTrap = (stumble: Stumble): Told | undefined => {
  if (!CODES.includes(stumble.code)) return undefined;
  const { line, column } = stumble;
  const { key, from } = valueBefore(stumble);
  const sign = line.charAt(from);
  const to = Math.max(from + 1, column);
  const quotes = `put ${key === undefined ? 'it' : `the value of "${key}"`} between quotation marks`;

  if (isSign(sign, line.slice(from))) {
    return { message: `a value cannot begin with ${sign}`, suggestion: quotes, from, to };
  }
  if (stumble.code === 'UNEXPECTED_TOKEN') return afterEnd(stumble, sign, quotes);
  return colonWithin(stumble, from, quotes) ?? nextLine(stumble, key);
};

const CODES: readonly ErrorCode[] = [
  'BAD_ALIAS',
  'BAD_SCALAR_START',
  'BLOCK_AS_IMPLICIT_KEY',
  'BLOCK_IN_FLOW',
  'MULTILINE_IMPLICIT_KEY',
  'UNEXPECTED_TOKEN',
];

/** Signs that mean something to YAML; a hyphen and a question mark only with a space after them. */
const isSign = (sign: string, rest: string): boolean =>
  /[*&!%@`|>]/.test(sign) || /^[-?:]\s/.test(rest);

type ValuePlace = Readonly<{ key?: string; from: number }>;

/** The value in which the parser stumbled: behind the last key before that place, or the first of the line. */
export const valueBefore = ({ bare, column }: Pick<Stumble, 'bare' | 'column'>): ValuePlace => {
  const keys = [...bare.slice(0, column + 1).matchAll(/(?<=^|[\s{[,])(?:"+|([\w-]+)):\s+(?=\S)/g)];
  const last = keys.at(-1);
  if (last === undefined) return { from: bare.search(/[^\s-]|$/) };
  const from = last.index + last[0].length;
  return last[1] === undefined ? { from } : { key: last[1], from };
};

/** Text after a value that has its end already: a quoted one, one in brackets. */
const afterEnd = ({ line, column }: Stumble, sign: string, quotes: string): Told | undefined => {
  const next = /^([\w-]+)\s*:/.exec(line.slice(column))?.[1];
  if (next !== undefined) {
    return {
      message: `found "${next}" right after the end of a value`,
      suggestion: `put a comma before "${next}"; without brackets, a line of its own`,
      from: column,
      to: column + next.length,
    };
  }
  const end =
    ENDS[sign] ??
    (/[{[]/.test(line.charAt(column)) ? `a "${line.charAt(column)}" within a value` : undefined);
  return end === undefined
    ? undefined
    : {
        message: `found ${end}`,
        suggestion: `${quotes}, the whole of it`,
        from: column,
        to: column + 1,
      };
};

const ENDS: Readonly<Record<string, string>> = {
  '"': 'more text after the closing quotation mark',
  "'": 'more text after the closing quotation mark',
  '[': 'more text after the closing bracket',
  '{': 'more text after the closing bracket',
};

const colonWithin = (
  { code, line, bare }: Stumble,
  from: number,
  quotes: string,
): Told | undefined => {
  const colon = /:(?=\s|$)/.exec(bare.slice(from));
  if (colon === null) return undefined;
  const at = from + colon.index;
  const next = /(?<=\s)(?:"+|[A-Za-z][\w-]*)$/.exec(bare.slice(from, at));
  const isPair = code === 'BLOCK_IN_FLOW' && next !== null;
  return {
    message: 'found ": " within a value',
    suggestion: isPair
      ? `put a comma before ${line.slice(from + next.index, at)}; or ${quotes}`
      : quotes,
    from: at,
    to: at + 1,
  };
};

/** The value ends well, and the next line is no other key to the parser. */
const nextLine = (stumble: Stumble, key: string | undefined): Told | undefined => {
  const { code, words, line, after, column } = stumble;
  if (code === 'MULTILINE_IMPLICIT_KEY') {
    const from = line.trimEnd().length;
    return column > line.search(/\S/)
      ? {
          message: 'there is no comma at the end of this line',
          expected: 'a comma between the keys within { }',
          from,
          to: from + 1,
        }
      : undefined;
  }
  if (!words.startsWith('Nested mappings')) return undefined;
  const start = /^(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*/.exec(after) as RegExpExecArray;
  const from = line.length + start[0].length;
  return {
    message: `this line is indented below ${key === undefined ? 'a key' : `"${key}"`}, which has a value already`,
    expected: 'the same count of spaces before each key of a mapping',
    from,
    to: from + 1,
  };
};
