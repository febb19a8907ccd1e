import { Environment } from '@marcbachmann/cel-js';
import { ok, type Result } from '#domain/basics/result.ts';
import { type Complaint, complain } from '../fault.ts';
import { convert } from './convert.ts';
import type { Formula } from './formula.ts';
import { Unfit } from './unfit.ts';

/**
 * Reads an expression of the Common Expression Language, of which numbers, truth values and a few
 * functions are known, and checks its types. Every number is a double: 7 / 2 is 3.5.
 */
export const compile = (text: string): Result<Formula, Complaint> => {
  try {
    const { expression, type, names } = convert(language.parse(text).ast);
    return type === 'number' ? ok({ expression, names }) : complain(NO_NUMBER);
  } catch (thrown) {
    return complain(
      thrown instanceof Unfit ? thrown.complaint : ofParser(thrown as ParseError, text),
    );
  }
};

const NO_NUMBER: Complaint = {
  code: 'bad-value',
  message: 'it is true or false',
  expected: 'a number, such as cpu > 70 ? 6 : 4',
};

type ParseError = Error & Readonly<{ range: Readonly<{ start: number; end: number }> }>;

const ofParser = ({ message, range }: ParseError, text: string): Complaint => {
  const start = Math.min(range.start, text.length - 1);
  return {
    code: 'bad-value',
    message: message.replace(/\n[\s\S]*/, '').replace(/EOF/, 'the end of the text'),
    expected: 'an expression such as ceil(backlog / 50)',
    span: { start, length: Math.max(1, range.end - start) },
  };
};

/** Far more than anybody writes, far less than anything that hurts. */
const language = new Environment({ limits: { maxAstNodes: 200, maxDepth: 32 } });
