import type { ErrorCode, YAMLError } from 'yaml';
import { printable } from '../describe-value.ts';
import type { Path } from '../fault.ts';
import type { Mistake } from './mistake.ts';
import { pathAt } from './path-at.ts';
import { bareOf, type Stumble, SURE_TRAPS, type Told, VAGUE_TRAPS } from './traps.ts';
import { unclosedTrap } from './unclosed-trap.ts';
import { valueTrap } from './value-trap.ts';

/**
 * Describes the errors of the YAML parser in plain words, with the way out of the traps that people fall into. One slip
 * makes the parser stumble several times: its consequences are left out, and each line is told of once.
 */
export const syntaxMistakes = (errors: readonly YAMLError[], text: string): readonly Mistake[] => {
  const told = new Map<number, Mistake>();
  const recognise = recogniserOf(text);
  for (const error of firstOfEachLine(errors, text)) {
    if (told.size === MOST_LINES) break;
    const { mistake, isVague } = recognise(error);
    if (told.size > 0 && (isVague || isBehindEnd(error))) continue;
    const line = startOfLine(text, mistake.range.start);
    if (!told.has(line)) told.set(line, mistake);
  }
  return [...told.values()];
};

const firstOfEachLine = (errors: readonly YAMLError[], text: string): readonly YAMLError[] => {
  let lineEnd = -1;
  return errors
    .toSorted((one, other) => one.pos[0] - other.pos[0])
    .filter(({ pos: [start] }) => {
      const isFirst = start > lineEnd;
      if (isFirst) lineEnd = endOfLine(text, start);
      return isFirst;
    });
};

/** Nothing is read behind a bracket that ends the file too early. */
const isBehindEnd = ({ message }: YAMLError): boolean => message.includes(' in YAML stream');

const MOST_LINES = 20;

type Recognised = Readonly<{ mistake: Mistake; isVague?: boolean }>;

const recogniserOf = (text: string): ((error: YAMLError) => Recognised) => {
  const unclosed = unclosedTrap(text);
  return (error) => {
    const stumble = stumbleOf(error, text);
    const lineStart = startOfLine(text, error.pos[0]);
    const at = (told: Told): Mistake => mistakeOf(told, lineStart, text);

    const sure = firstOf(SURE_TRAPS, stumble) ?? unclosed(stumble, lineStart) ?? valueTrap(stumble);
    if (sure !== undefined) return { mistake: at(sure) };
    const vague = firstOf(VAGUE_TRAPS, stumble);
    return vague === undefined
      ? { mistake: ofLibrary(error, text) }
      : { mistake: at(vague), isVague: true };
  };
};

const firstOf = (
  traps: readonly ((stumble: Stumble) => Told | undefined)[],
  stumble: Stumble,
): Told | undefined => {
  for (const trap of traps) {
    const told = trap(stumble);
    if (told !== undefined) return told;
  }
  return undefined;
};

const startOfLine = (text: string, offset: number): number =>
  offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;

const endOfLine = (text: string, offset: number): number => {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
};

const stumbleOf = ({ code, message, pos: [start] }: YAMLError, text: string): Stumble => {
  const lineStart = startOfLine(text, start);
  const lineEnd = endOfLine(text, start);
  const line = text.slice(lineStart, lineEnd);
  const after = text.slice(lineEnd);
  return { code, words: message, line, bare: bareOf(line), column: start - lineStart, after };
};

/** The indentation of a line whose beginning is wrong says nothing about the keys above it. */
const pathIn = (text: string, offset: number): Path =>
  startOfLine(text, offset) === offset ? [] : pathAt(text, offset);

const mistakeOf = ({ from, to, ...told }: Told, lineStart: number, text: string): Mistake => {
  const range = { start: lineStart + from, end: lineStart + to };
  return { code: 'yaml', ...told, range, path: pathIn(text, range.start) };
};

/** An error that no trap explains, in the words of the library where we have none. */
const ofLibrary = ({ code, message, pos: [start, end] }: YAMLError, text: string): Mistake => ({
  range: { start, end: code === 'MULTIPLE_DOCS' ? start + 3 : end },
  path: pathIn(text, start),
  code: 'yaml',
  message: printable(message).slice(0, LONGEST_MESSAGE),
  ...HINTS[code],
});

const QUOTE = {
  suggestion:
    'put the value between quotation marks if it contains ": ", " #", or begins with a sign',
};

const HINTS: { [C in ErrorCode]?: Partial<Mistake> } = {
  BAD_DIRECTIVE: {
    message: 'found a line that begins with %',
    suggestion: 'remove it, or put the value between quotation marks',
  },
  BAD_DQ_ESCAPE: {
    message: 'found a backslash that begins no escape sequence',
    suggestion: 'write two of them, or put the value between single quotation marks',
  },
  BAD_SCALAR_START: { message: 'found a sign with which no value can begin', ...QUOTE },
  BLOCK_IN_FLOW: {
    message: 'found a list with hyphens, or a mapping of several lines, within brackets',
    expected: 'values with commas between them',
  },
  MULTIPLE_DOCS: { message: 'a second document begins here', expected: 'one document in the file' },
  NON_STRING_KEY: { message: 'this key is not a plain word', expected: 'a word or a name' },
  TAB_AS_INDENT: { message: 'found a tab', expected: 'spaces as indentation' },
  TAG_RESOLVE_FAILED: {
    message: 'found a YAML tag',
    suggestion: 'remove the word that begins with !, or put the value between quotation marks',
  },
  UNEXPECTED_TOKEN: { message: 'found text that does not belong here', ...QUOTE },
};

const LONGEST_MESSAGE = 200;
