import type { Group } from '#domain/configuration/configuration.ts';
import { factsOf, type Rule } from '#domain/configuration/rule.ts';
import type { Adjustment } from '#domain/configuration/rule-parts.ts';

/** Rules that act. */
export const active = ({ rules }: Group): readonly Rule[] =>
  rules.filter(({ isShadow }) => !isShadow);

export const adjustmentsOf = (rule: Rule): readonly Adjustment[] => factsOf(rule).adjustments;

/** A rule that goes wherever its metric leads. */
export const follows = (rule: Rule): boolean => factsOf(rule).course === 'follows';

export const canGrow = (rule: Rule): boolean =>
  follows(rule) || adjustmentsOf(rule).some(({ kind }) => kind !== 'remove');

export const canShrink = (rule: Rule): boolean =>
  follows(rule) || adjustmentsOf(rule).some(({ kind }) => kind !== 'add');

export const namesOf = (rules: readonly Rule[]): readonly string[] => rules.map(({ name }) => name);
