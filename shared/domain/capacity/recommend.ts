import { metricsOf, type Rule } from '#domain/configuration/rule.ts';
import type { GroupObservation } from './observation.ts';
import type { Recommendation } from './recommendation.ts';
import { kindOf } from './rules/rules.ts';

/** Computes a rule's recommendation for the group as it is observed now. */
export const recommend = (rule: Rule, observation: GroupObservation): Recommendation => ({
  ...(withoutMetric(rule, observation) ?? kindOf(rule).recommend(rule, observation)),
  ...(rule.isShadow ? { isShadow: true } : {}),
  ...(rule.ballot === undefined ? {} : { ballot: rule.ballot }),
});

/**
 * A rule whose metric CloudWatch refuses will not see until somebody fixes it, so its `onMissing`, which is
 * about data that may come, does not count: it forbids to scale in, and people are told.
 */
const withoutMetric = (
  rule: Rule,
  { refused = {} }: GroupObservation,
): Recommendation | undefined => {
  const metric = metricsOf(rule).find((name) => Object.hasOwn(refused, name));
  if (metric === undefined) return undefined;

  return {
    kind: 'blind',
    rule: rule.name,
    reason: 'MetricRefused',
    blocksScaleIn: true,
    detail: `CloudWatch refuses to read ${metric}: ${refused[metric]}`,
  };
};
