import { ok } from '#domain/basics/result.ts';
import { compile } from '#parse/configuration/formula/compile.ts';
import type { Formula } from '#parse/configuration/formula/formula.ts';
import { quote } from '../describe-value.ts';
import { complain } from '../fault.ts';
import { QUOTE_IT, textWords, type Words } from './words.ts';

export type FormulaInput = Formula & Readonly<{ text: string }>;

/** An expression of CEL over metrics, such as `ceil(backlog / 50)`. */
export const formula: Words<FormulaInput> = textWords({
  expected: 'an expression over metrics, such as "ceil(backlog / 50)"',
  schema: {
    minLength: 1,
    maxLength: 2_000,
    examples: ['ceil(backlog / 50)', 'max(2, requests / 900)'],
  },
  advise: (value) => (typeof value === 'number' ? QUOTE_IT : undefined),
  read: (text) => {
    if (text.trim() === '' || text.length > LONGEST) {
      const message = text.trim() === '' ? 'found an empty text' : `found ${quote(text)}`;
      return complain({ code: 'bad-value', message, expected: `1 to ${LONGEST} characters` });
    }
    const compiled = compile(text);
    return compiled.ok ? ok({ ...compiled.value, text: text.trim() }) : compiled;
  },
});

const LONGEST = 2_000;
