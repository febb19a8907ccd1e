import { distance } from 'fastest-levenshtein';
import { areOpposite } from './opposites.ts';

/** The candidate that a misspelt word was probably meant to be, if any is close and does not mean the opposite. */
export const nearest = (word: string, candidates: readonly string[]): string | undefined => {
  let best: { candidate: string; slips: number } | undefined;

  for (const candidate of candidates.slice(0, MOST_CANDIDATES)) {
    if (areOpposite(word, candidate)) continue;
    const slips = slipsBetween(word.toLowerCase(), candidate.toLowerCase());
    if (slips < (best?.slips ?? Infinity)) best = { candidate, slips };
  }

  return best !== undefined && best.slips <= allowedSlips(word) ? best.candidate : undefined;
};

/** `did you mean "cooldown"?`, or nothing when no candidate is close. */
export const didYouMean = (word: string | undefined): { suggestion?: string } =>
  word === undefined ? {} : { suggestion: `did you mean "${word}"?` };

/** A bound on the work that a hostile file can cause. */
const MOST_CANDIDATES = 200;

/** A third of the word, so that `cpuu` finds `cpu` and `xyz` finds nothing. */
const allowedSlips = (word: string): number => Math.max(1, Math.floor(word.length / 3));

/** Letters in the wrong order and a word cut short are one slip, however many edits they take. */
const slipsBetween = (word: string, candidate: string): number => {
  if (word === candidate) return 0;
  if (isCutShort(word, candidate) || isCutShort(candidate, word)) return 1;
  if (Math.abs(word.length - candidate.length) > allowedSlips(word)) return Infinity;
  if (lettersOf(word) === lettersOf(candidate)) return 1;
  return distance(word, candidate) - (candidate.startsWith(word) ? A_TIE : 0);
};

/** Of two words that are as near, the one that goes on where the misspelt one ends is meant: `of` is `off`. */
const A_TIE = 0.5;

const isCutShort = (short: string, long: string): boolean =>
  short.length >= SHORTEST_STEM && long.startsWith(short);

const SHORTEST_STEM = 3;

const lettersOf = (word: string): string => [...word].sort().join('');
