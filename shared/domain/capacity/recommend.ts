import { metricsOf, type Rule } from '#domain/configuration/rule.ts';
import type { GroupObservation } from './observation.ts';
import type { Recommendation } from './recommendation.ts';
import { recommendByExpression } from './rules/expression.ts';
import { recommendBySchedule } from './rules/schedule.ts';
import { recommendByStep } from './rules/step.ts';
import { recommendByThreshold } from './rules/threshold.ts';
import { recommendByTracking } from './rules/track.ts';

/** Computes a rule's recommendation for the group as it is observed now. */
export const recommend = (rule: Rule, observation: GroupObservation): Recommendation => ({
  ...(withoutMetric(rule, observation) ?? recommendBy(rule, observation)),
  ...(rule.isShadow ? { isShadow: true } : {}),
  ...(rule.ballot === undefined ? {} : { ballot: rule.ballot }),
});

/**
 * A rule whose metric CloudWatch refuses will not see until somebody mends it, so its `onMissing`, which is
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

const recommendBy = (rule: Rule, observation: GroupObservation): Recommendation => {
  switch (rule.kind) {
    case 'threshold':
      return recommendByThreshold(rule, observation);
    case 'step':
      return recommendByStep(rule, observation);
    case 'track':
      return recommendByTracking(rule, observation);
    case 'expression':
      return recommendByExpression(rule, observation);
    case 'schedule':
      return recommendBySchedule(rule, observation);
  }
};
