import { kindOf } from '#domain/capacity/rules/rules.ts';
import type { Rule } from '#domain/configuration/rule.ts';
import type { OnMissing } from '#domain/configuration/rule-parts.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';

/** A rule as a sentence: `while cpu > 70 for 5m, add 2`. */
export const describeRule = (rule: Rule): string =>
  [
    kindOf(rule).describe(rule),
    ...('onMissing' in rule ? describeMissing(rule.onMissing) : []),
    ...(rule.ballot === undefined ? [] : [`votes in ${rule.ballot}`]),
    ...(rule.isShadow ? ['in shadow: it never acts'] : []),
  ].join('; ');

const describeMissing = (onMissing: OnMissing): readonly string[] => {
  if (typeof onMissing === 'object') {
    return 'last' in onMissing
      ? [`without data a value may be ${describeSeconds(onMissing.last)} old`]
      : [`falls back to ${onMissing.fallback} without data`];
  }
  return MISSING[onMissing];
};

const MISSING = {
  hold: [],
  ignore: ['left out while it has no data'],
  zero: ['takes 0 while it has no data'],
  fail: ['nothing moves while it has no data'],
} as const;
