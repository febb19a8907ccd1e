import type { Group } from '#domain/configuration/configuration.ts';
import type { StatMetric } from '#domain/configuration/metric.ts';
import { sourcesOf } from '#domain/configuration/metric-nature.ts';
import { conditionOf, metricsOf, type Rule } from '#domain/configuration/rule.ts';

/** The names of the metrics that a rule goes by: those that it reads, and the one behind its alarm. */
export const metricNamesOf = (rule: Rule): readonly string[] => {
  const condition = conditionOf(rule);
  return condition === undefined ? metricsOf(rule) : [condition.metric];
};

/** The metrics of CloudWatch that a rule goes by; none of an alarm of the operator's own. */
export const sourcesBehind = (rule: Rule, { metrics }: Group): readonly StatMetric[] =>
  metricNamesOf(rule).flatMap((name) => sourcesOf(metrics[name]));
