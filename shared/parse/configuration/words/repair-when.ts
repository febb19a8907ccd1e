import { repairDuration } from './duration.ts';

/** Guesses what a condition was meant to be; the caller tries whether it reads well now. */
export const repairWhen = (text: string): string => {
  const words = REPAIRS.reduce(
    (repaired, [wrong, right]) => repaired.replace(wrong, right),
    text.slice(0, LONGEST_REPAIR),
  );
  return repairDurations(words.replace(/\s+/g, ' ').trim());
};

/** In this order: signs, words for signs, sides, the number, the words before durations. */
const REPAIRS: readonly (readonly [RegExp, string])[] = [
  [/≥|=>/g, '>='],
  [/≤|=</g, '<='],
  [/\b(?:is\s+)?(?:at\s+least|not\s+below|no\s+less\s+than)\b/i, ' >= '],
  [/\b(?:is\s+)?(?:at\s+most|not\s+above|no\s+more\s+than)\b/i, ' <= '],
  [/\b(?:is\s+)?(?:above|over|exceeds|(?:greater|more|higher)\s+than|gt)\b/i, ' > '],
  [/\b(?:is\s+)?(?:below|under|(?:less|lower|smaller|fewer)\s+than|lt)\b/i, ' < '],
  [/(?<![<>=!])={1,3}(?![<>=])/, '>='],
  [/^\s*(-?[\d.]+)\s*<(=?)\s*([A-Za-z][\w-]*)/, '$3 >$2 $1'],
  [/^\s*(-?[\d.]+)\s*>(=?)\s*([A-Za-z][\w-]*)/, '$3 <$2 $1'],
  [/(\d)[,_'](?=\d{3}\b)/g, '$1'],
  [/([<>]=?\s*-?[\d.]+)\s*(?:%|percent\b|s\b|seconds?\b)/i, '$1'],
  [/\b(?:during|in|within|over the last|lasting)\s+(?=\d)/i, 'for '],
  [/([<>]=?\s*-?[\d.]+)\s+(?=\d)/, '$1 for '],
  [/\b(?:out of|in|within)\s+(?=\d)/i, 'of '],
];

/** Durations stand after `for` and `of`. */
const repairDurations = (text: string): string =>
  text.replace(
    /\b(for|of) (\d[\d.]*\s?[a-z]*(?:\s?\d[\d.]*\s?[a-z]+)*?)(?= of |$)/gi,
    (all, word: string, duration: string) => {
      const repaired = repairDuration(duration);
      return repaired === undefined ? all : `${word.toLowerCase()} ${repaired}`;
    },
  );

const LONGEST_REPAIR = 200;
