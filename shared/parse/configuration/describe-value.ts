import { maskShapes } from './mask-secrets.ts';

/** Describes a value in a few words that are safe to print: `the number 5`, `"web"`, `a list`. */
export const describeValue = (value: unknown): string => {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return `the truth value ${value}`;
  return Array.isArray(value) ? 'a list' : 'a mapping';
};

/** A text between quotation marks, cut to a readable length, without secrets or control characters. */
export const quote = (text: string): string => {
  const clean = printable(text);
  return clean.length > LONGEST_QUOTE ? `"${clean.slice(0, LONGEST_QUOTE)}…"` : `"${clean}"`;
};

/**
 * The text as it may appear on a terminal or in a build log: secrets, and characters that move the cursor or reverse
 * the text, give way to others of equal length.
 */
export const printable = (text: string): string =>
  maskShapes(text)
    .replace(UNPRINTABLE, (character) => '�'.repeat(character.length))
    .replaceAll('\t', ' ');

/** Control and formatting characters and line separators of Unicode, but for the tabulator. */
const UNPRINTABLE = /(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const LONGEST_QUOTE = 80;
