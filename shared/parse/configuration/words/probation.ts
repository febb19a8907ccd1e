import { err, ok } from '#domain/basics/result.ts';
import { didYouMean } from '../nearest.ts';
import { isNegative } from '../opposites.ts';
import { DURATION_PATTERN, duration } from './duration.ts';
import type { Words } from './words.ts';

const length = duration({ min: 60, max: 86_400 });
const EXPECTED = 'a duration from 1m to 1d, or off';

/** `10m`, or `off`; its value is in seconds. */
export const probation: Words<number | 'off'> = {
  expected: EXPECTED,
  schema: { type: 'string', pattern: `^(?:off|${DURATION_PATTERN})$`, examples: ['10m', 'off'] },
  read: (value) => {
    if (value === 'off') return ok('off');

    const read = length.read(value);
    if (read.ok) return read;
    const off = isNegative(value) ? didYouMean('off') : {};
    return err({ ...read.problem, expected: EXPECTED, ...off });
  },
};
