import { ok } from '#domain/basics/result.ts';
import type { OnForeignChange } from '#domain/configuration/behavior.ts';
import { quote } from '../describe-value.ts';
import { complain } from '../fault.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { DURATION_PATTERN, inSeconds } from './duration.ts';
import { textWords, type Words } from './words.ts';

const PATTERN = String.raw`^(?:adopt|restore|hold\s+(${DURATION_PATTERN}))$`;
const PLAIN = ['adopt', 'restore'] as const;

/** `adopt`, `restore` or `hold 30m`. */
export const onForeignChange: Words<OnForeignChange> = textWords<OnForeignChange>({
  expected: 'adopt, restore, or hold with a duration such as hold 30m',
  schema: { pattern: PATTERN, examples: ['adopt', 'restore', 'hold 30m'] },
  guess: (value) => `hold ${value}m`,
  read: (text) => {
    const [found, length] = ON_FOREIGN_CHANGE.exec(text.trim()) ?? [];
    if (length !== undefined) return ok({ hold: inSeconds(length) });

    const plain = PLAIN.find((word) => word === found);
    if (plain !== undefined) return ok(plain);
    return complain({
      code: 'bad-value',
      message: `found ${quote(text)}`,
      expected: 'one of adopt, restore, hold 30m',
      ...didYouMean(text.startsWith('hold') ? 'hold 30m' : nearest(text, PLAIN)),
    });
  },
});

const ON_FOREIGN_CHANGE = new RegExp(PATTERN);
