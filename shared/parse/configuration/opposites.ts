import { wordOf } from './word-of.ts';

/**
 * Words and keys that mean the opposite of each other although they look alike: who writes one never meant the other.
 */
export const areOpposite = (word: string, other: string): boolean =>
  OPPOSITES.some(
    ([one, two]) => (one.test(word) && two.test(other)) || (two.test(word) && one.test(other)),
  );

/** True when a value says that something should not be. */
export const isNegative = (value: unknown): boolean => NEGATIVE.test(wordOf(value).trim());

/** True when a value says that something should be. */
export const isAffirmative = (value: unknown): boolean => AFFIRMATIVE.test(wordOf(value).trim());

const NEGATIVE = /^(?:0|no|off|false|none|never|disabled?)$/i;
const AFFIRMATIVE = /^(?:1|yes|on|true|always|enabled?)$/i;

/** The two directions of the capacity are often named after the HPA: scaleDown is scaleIn. */
const OPPOSITES: readonly (readonly [RegExp, RegExp])[] = [
  [NEGATIVE, AFFIRMATIVE],
  [/(?:in|down)$/i, /(?:out|up)$/i],
  [/^(?:min|least)/i, /^(?:max|most)/i],
  [/^(?:min(?:imum)?|max(?:imum)?)?healthy/i, /unhealthy/i],
  [/^(?:above|over)$/i, /^(?:below|under)$/i],
  [/^(?:add|more)/i, /^(?:remove|less)/i],
];
