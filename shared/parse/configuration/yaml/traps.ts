import type { ErrorCode } from 'yaml';
import { oddSpaceIn } from './odd-characters.ts';

/** The place where the parser stumbled: its line, and how far into it. */
export type Stumble = Readonly<{
  code: ErrorCode;
  /** The words of the library. */
  words: string;
  line: string;
  /** The line without what its quoted texts and comments say, of the same length. */
  bare: string;
  column: number;
  /** The text after the line. */
  after: string;
}>;

/** A mistake in plain words; `from` and `to` count from the start of the line. */
export type Told = Readonly<{
  message: string;
  expected?: string;
  suggestion?: string;
  from: number;
  to: number;
}>;

/** Recognises one of the traps of YAML by the line on which the parser stumbled. */
export type Trap = (stumble: Stumble) => Told | undefined;

/** Leaves nothing of what is quoted and what is a comment but its length. */
export const bareOf = (line: string): string =>
  unquoted(line).replace(/(?:^|\s)#.*$/, (comment) => ' '.repeat(comment.length));

/** Puts quotation marks in place of all that is quoted. */
export const unquoted = (line: string): string =>
  line.replaceAll(/"(?:[^"\\]|\\.)*"|'[^']*'/g, (quoted) => '"'.repeat(quoted.length));

const conflict: Trap = ({ line }) => {
  const match = /^(?:<{7}|={7}|>{7})(?=\s|$)/.exec(line);
  return match === null
    ? undefined
    : {
        message: 'found a mark of a merge conflict',
        expected: 'one version of these lines, without such marks',
        from: 0,
        to: match[0].length,
      };
};

const oddSpace: Trap = ({ bare }) => {
  const odd = oddSpaceIn(bare);
  return odd && oddSpaceTold(odd);
};

/** The words for an odd space, wherever it stands. */
export const oddSpaceTold = ({
  name,
  meant,
  start,
  length,
}: NonNullable<ReturnType<typeof oddSpaceIn>>): Told => ({
  message: `found ${name}`,
  expected: meant,
  suggestion: 'type it anew: pages and chats copy characters that only look right',
  from: start,
  to: start + length,
});

const tab: Trap = ({ line }) => {
  const [indent] = /^[ \t]*/.exec(line) as RegExpExecArray;
  return indent.includes('\t')
    ? { message: 'found a tab', expected: 'spaces as indentation', from: 0, to: indent.length }
    : undefined;
};

const dash: Trap = ({ bare }) => {
  const match = /^(\s*)(?:-(?=[[{"'A-Za-z])|([‐‑‒–—−])(?=\s))/.exec(bare);
  if (match === null) return undefined;
  const [whole, { length: from }, typographic] = match as unknown as [string, string, string?];
  return {
    message:
      typographic === undefined ? 'there is no space after the hyphen' : 'found a typographic dash',
    expected: 'an item of a list begins with a hyphen and a space',
    from,
    to: whole.length,
  };
};

const isOfKey = ({ code, words }: Stumble): boolean =>
  code === 'MULTILINE_IMPLICIT_KEY' ||
  (code === 'MISSING_CHAR' && words.startsWith('Implicit map keys'));

/** A key without a colon and a space after it makes the whole line a text. */
const noKey: Trap = (stumble) => {
  if (!isOfKey(stumble)) return undefined;
  const match = /^(\s*(?:- )?)([A-Za-z][\w-]*)(?:(:)(?=[^\s:/])|(\s*[=：])|(?=\s*$))/u.exec(
    stumble.bare,
  );
  if (match === null) return undefined;
  const [whole, { length: from }, key, colon, other] = match as unknown as [
    string,
    string,
    string,
    string?,
    string?,
  ];
  const to = whole.length;
  if (colon !== undefined) return { ...noSpaceAfter(key), from, to };
  return other === undefined
    ? {
        message: `there is no colon after "${key}"`,
        expected: `${key}: and what it says`,
        from,
        to,
      }
    : {
        message: `found "${other.trim()}" after "${key}"`,
        expected: 'a colon and a space',
        from,
        to,
      };
};

/** The words for a colon that touches the value. */
export const noSpaceAfter = (key: string): Pick<Told, 'message' | 'expected'> => ({
  message: `there is no space after the colon of "${key}"`,
  expected: `a space between the colon and the value of ${key}`,
});

const comma: Trap = ({ words, column }) =>
  words.startsWith('Unexpected , in flow')
    ? {
        message: 'found a comma with nothing before it',
        expected: 'one comma between two values',
        from: column,
        to: column + 1,
      }
    : undefined;

const closesNothing: Trap = ({ code, line, column }) => {
  const sign = line.charAt(column);
  return code === 'UNEXPECTED_TOKEN' && /[}\]]/.test(sign)
    ? {
        message: `found a "${sign}" that closes nothing`,
        expected: 'a closing bracket for each that opens, and no more',
        from: column,
        to: column + 1,
      }
    : undefined;
};

/** The parser stumbles over the blank lines and comments above the line already. */
const indentation: Trap = ({ code, words, line, after }) => {
  if (code !== 'BAD_INDENT' && !words.startsWith('A block sequence')) return undefined;
  const [, above, spaces] = /^((?:[ \t]*(?:#.*)?\r?\n)*)( *)/.exec(line + after) as unknown as [
    string,
    string,
    string,
  ];
  return {
    message: 'this line is not indented as its neighbours are',
    expected: 'the same count of spaces before each key of a mapping and each item of a list',
    from: above.length,
    to: above.length + Math.max(1, spaces.length),
  };
};

const noPair: Trap = (stumble) => {
  if (!isOfKey(stumble)) return undefined;
  const from = stumble.line.search(/\S|$/);
  return {
    message: 'this line is no key with a value',
    expected: 'a key, a colon, a space and a value; comments begin with #',
    from,
    to: Math.max(from + 1, stumble.line.trimEnd().length),
  };
};

/** Traps that one line shows, whatever stands around it. */
export const SURE_TRAPS: readonly Trap[] = [
  conflict,
  oddSpace,
  tab,
  dash,
  noKey,
  comma,
  closesNothing,
];

/** Words for lines that may be consequences of a slip above them. */
export const VAGUE_TRAPS: readonly Trap[] = [indentation, noPair];
