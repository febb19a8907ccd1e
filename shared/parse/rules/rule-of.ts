import type { Rule } from '#domain/configuration/rule.ts';
import type { RulePlace } from './rule-form.ts';
import { kindOfRule } from './rule-schema.ts';
import { formOf, type RuleInput } from './rules.ts';

/** A rule as the engine knows it, bound to its alarm if it has one. */
export const ruleOf = (input: RuleInput, place: RulePlace): Rule => {
  const form = formOf(kindOfRule(input) as Rule['kind']);
  return {
    name: place.rule,
    ...(input.mode === 'shadow' ? { isShadow: true as const } : {}),
    ...(input.ballot === undefined ? {} : { ballot: input.ballot }),
    ...form.normalise(input, place),
  } as Rule;
};
