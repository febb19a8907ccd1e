import type { Metric } from './metric.ts';
import { isTotal } from './reading-window.ts';

/**
 * A metric grows when its value of a period only gets larger while its data arrive: a total, or an expression that
 * adds totals up. What has arrived of it is a lower bound of what there was. Samples below 0 are not expected.
 */
export const isGrowing = (metric: Metric): boolean => {
  if (metric.kind === 'query') return false;
  if (metric.kind === 'stat') return isTotal(metric.statistic);
  const { expression, uses } = metric;
  const names = Object.keys(uses);
  return (
    Object.values(uses).every(({ statistic }) => isTotal(statistic)) &&
    wordsOf(expression).every((word) => isGrowingWord(word, names))
  );
};

/**
 * The words of an expression. What fills a gap with 0, and a division by a number or by the length of the period,
 * is one word: neither turns growth around.
 */
const wordsOf = (expression: string): readonly string[] =>
  [...expression.matchAll(WORD)].map(([word]) => word);

const WORD =
  /FILL\s*\(\s*\w+\s*,\s*0\s*\)|\/\s*\d+(?:\.\d+)?(?![\w.])|\/\s*PERIOD\s*\(\s*\w+\s*\)|\d+(?:\.\d+)?(?![\w.])|\w+|\S/gi;

/** Sums, products and the largest of several grow with each of their parts; a difference or a smallest does not. */
const isGrowingWord = (word: string, names: readonly string[]): boolean =>
  /^(?:FILL\W.*|\/.+|\d+(?:\.\d+)?|[+*(),[\]]|SUM|MAX)$/is.test(word) || names.includes(word);
