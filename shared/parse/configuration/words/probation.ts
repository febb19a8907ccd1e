import { ok } from '#domain/basics/result.ts';
import { didYouMean } from '../nearest.ts';
import { DURATION_PATTERN, duration } from './duration.ts';
import { textWords, type Words } from './words.ts';

const length = duration({ min: 60, max: 86_400 });

/** `10m`, or `off`; its value is in seconds. */
export const probation: Words<number | 'off'> = textWords<number | 'off'>({
  expected: 'a duration from 1m to 1d, or off',
  schema: { pattern: `^(?:off|${DURATION_PATTERN})$`, examples: ['10m', 'off'] },
  guess: (value) => `${value}s`,
  read: (text) => {
    if (text === 'off') return ok('off');

    const read = length.read(text);
    if (read.ok) return read;
    const isOff = /^(?:no|none|never|false|0)$/i.test(text.trim());
    return {
      ...read,
      problem: {
        ...read.problem,
        expected: probation.expected,
        ...(isOff ? didYouMean('off') : {}),
      },
    };
  },
});
