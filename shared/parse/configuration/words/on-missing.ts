import { ok } from '#domain/basics/result.ts';
import type { OnMissing } from '#domain/configuration/rule-parts.ts';
import { quote } from '../describe-value.ts';
import { complain } from '../fault.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { DURATION_PATTERN, inSeconds } from './duration.ts';
import { textWords, type Words } from './words.ts';

const PATTERN = String.raw`^(?:hold|ignore|zero|fail|last\s+(${DURATION_PATTERN})|fallback\s+(\d{1,7}))$`;
const PLAIN = ['hold', 'ignore', 'zero', 'fail'] as const;

/** `hold`, `ignore`, `zero`, `fail`, `last 10m` or `fallback 4`. */
export const onMissing: Words<OnMissing> = textWords<OnMissing>({
  expected: 'hold, ignore, zero, fail, last with a duration such as last 10m, or fallback N',
  schema: { pattern: PATTERN, examples: ['hold', 'ignore', 'last 10m', 'fallback 4'] },
  guess: (value) => `fallback ${value}`,
  read: (text) => {
    const [found, age, capacity] = ON_MISSING.exec(text.trim()) ?? [];
    if (age !== undefined) return ok({ last: inSeconds(age) });
    if (capacity !== undefined) return ok({ fallback: Number(capacity) });

    const plain = PLAIN.find((word) => word === found);
    if (plain !== undefined) return ok(plain);
    return complain({
      code: 'bad-value',
      message: `found ${quote(text)}`,
      expected: `one of ${PLAIN.join(', ')}, last 10m, fallback 4`,
      ...didYouMean(nearest(text, PLAIN)),
    });
  },
});

const ON_MISSING = new RegExp(PATTERN);
