import { err, type Result } from '#domain/basics/result.ts';
import { quote } from './describe-value.ts';
import type { Complaint } from './fault.ts';
import { didYouMean } from './nearest.ts';
import { INVISIBLE, ODD_SPACES } from './yaml/odd-characters.ts';

type ReadValue<T> = (value: unknown) => Result<T, Complaint>;

/**
 * Reads a value. Where it is refused and has signs that word processors and chats put in place of plain ones, the
 * complaint names these, because they are hard to see.
 */
export const readPlain = <T>(value: unknown, read: ReadValue<T>): Result<T, Complaint> => {
  const result = read(value);
  return result.ok || typeof value !== 'string'
    ? result
    : err(explained(value, result.problem, read));
};

const explained = (value: string, problem: Complaint, read: ReadValue<unknown>): Complaint => {
  const signs = SIGNS.filter(({ pattern }) => value.search(pattern) !== -1).map(({ name }) => name);
  if (signs.length === 0) return problem;

  const plain = straightened(value);
  if (read(plain).ok || read(Number(plain)).ok) {
    const message = `found ${quote(value)}, with ${signs.join(' and ')}`;
    return { ...problem, code: 'bad-value', message, ...didYouMean(plain) };
  }
  return problem.code === 'secret'
    ? problem
    : { ...problem, message: `${problem.message}, with ${signs.join(' and ')}` };
};

const straightened = (text: string): string =>
  SIGNS.reduce((plain, { pattern, instead }) => plain.replace(pattern, instead), text).trim();

const SIGNS = [
  {
    name: 'typographic quotation marks',
    pattern: /[\u201c-\u201f\u2018-\u201b\u00ab\u00bb\u2039\u203a]/g,
    instead: '',
  },
  { name: 'a dash that is no hyphen', pattern: /[\u2010-\u2015\u2212]/g, instead: '-' },
  {
    name: 'a space that is no plain one',
    pattern: new RegExp(`[${ODD_SPACES}]`, 'g'),
    instead: ' ',
  },
  { name: 'an invisible sign', pattern: new RegExp(`[${INVISIBLE}]`, 'g'), instead: '' },
] as const;
