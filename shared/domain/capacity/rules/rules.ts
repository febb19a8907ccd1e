import type { Rule } from '#domain/configuration/rule.ts';
import { expression } from './expression.ts';
import { forecast } from './forecast.ts';
import type { RuleKind } from './rule-kind.ts';
import { schedule } from './schedule.ts';
import { step } from './step.ts';
import { threshold } from './threshold.ts';
import { track } from './track.ts';

/** The kinds of rules; a kind without its value does not compile. */
const RULES: { readonly [K in Rule['kind']]: RuleKind<Extract<Rule, { kind: K }>> } = {
  threshold,
  step,
  track,
  forecast,
  expression,
  schedule,
};

/** The value of a rule's kind says what it does; the table has the value of that very kind. */
export const kindOf = ({ kind }: Rule): RuleKind<Rule> => RULES[kind] as RuleKind<Rule>;
