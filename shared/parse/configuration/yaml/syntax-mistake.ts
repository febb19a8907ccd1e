import type { YAMLError } from 'yaml';
import { printable } from '../describe-value.ts';
import type { Mistake } from './mistake.ts';

/** An error of the YAML parser, with a hint for the mistakes that people make most. */
export const syntaxMistake = ({ code, message, pos: [start, end] }: YAMLError): Mistake => ({
  range: { start, end },
  code: 'yaml',
  message: printable(message).slice(0, LONGEST_MESSAGE),
  ...HINTS[code],
});

const QUOTE = {
  suggestion:
    'put the value between quotation marks if it contains ": ", " #", or begins with a sign',
};

const HINTS: { [C in YAMLError['code']]?: Partial<Mistake> } = {
  BAD_SCALAR_START: QUOTE,
  BLOCK_AS_IMPLICIT_KEY: {
    suggestion: `indent this line as its neighbours are; or ${QUOTE.suggestion}`,
  },
  MULTIPLE_DOCS: { message: 'a second document begins here', expected: 'one document in the file' },
  NON_STRING_KEY: { message: 'this key is not a plain word', expected: 'a word or a name' },
  TAB_AS_INDENT: { message: 'found a tab', expected: 'spaces as indentation' },
  TAG_RESOLVE_FAILED: {
    message: 'found a YAML tag',
    suggestion: 'remove the word that begins with !',
  },
  UNEXPECTED_TOKEN: QUOTE,
};

const LONGEST_MESSAGE = 200;
