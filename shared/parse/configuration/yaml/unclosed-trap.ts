import { type Stumble, type Told, unquoted } from './traps.ts';
import { type Unclosed, unclosedIn } from './unclosed.ts';
import { valueBefore } from './value-trap.ts';

/** Recognises brackets and quotation marks that nothing closes; they are looked for once in a text. */
export const unclosedTrap = (text: string) => {
  let known: readonly Unclosed[] | undefined;

  return ({ words, column }: Stumble, lineStart: number): Told | undefined => {
    if (!/^(?:Flow |Missing closing )/.test(words)) return undefined;

    known ??= unclosedIn(text);
    const start = lineStart + column;
    const before = known.filter(({ offset }) => offset < start);
    const open = before.find(({ sign }) => QUOTES.includes(sign)) ?? before.at(-1);
    return open && shifted(tellOf(open, text.slice(open.offset, start)), open.offset - lineStart);
  };
};

const QUOTES = ['"', "'"];

const shifted = (told: Told, by: number): Told => ({
  ...told,
  from: told.from + by,
  to: told.to + by,
});

const tellOf = ({ sign }: Unclosed, rest: string): Told => {
  if (QUOTES.includes(sign)) {
    return {
      message: 'this quotation mark is never closed',
      expected: 'another one at the end of the value',
      from: 0,
      to: 1,
    };
  }
  return (
    commented(sign, rest) ?? {
      message: `this "${sign}" is never closed`,
      expected: `a "${CLOSER[sign]}" after the last value in it`,
      from: 0,
      to: 1,
    }
  );
};

const CLOSER: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/** The closing bracket is there, behind a # that begins a comment. */
const commented = (sign: string, rest: string): Told | undefined => {
  const bare = unquoted(rest);
  const comment = /\s#.*[}\]]/.exec(bare);
  if (comment === null) return undefined;
  const from = comment.index + 1;
  const { key } = valueBefore({
    bare: bare.slice(bare.lastIndexOf('\n', from) + 1, from + 1),
    column: from,
  });
  return {
    message: `a comment begins with this #, so that the "${sign}" before it is never closed`,
    suggestion: `put ${key === undefined ? 'it' : `the value of "${key}"`} between quotation marks`,
    from,
    to: from + 1,
  };
};
