import type { Threshold } from '#console/page/data.ts';
import { kindOf } from '#domain/capacity/rules/rules.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import { metricsOf } from '#domain/configuration/rule.ts';

/** A metric that rules go by, and the values at which they act. */
export type RuleMetric = Readonly<{
  name: string;
  unit: string;
  thresholds: readonly Threshold[];
  metric: Metric;
}>;

/** The metrics that the rules of a group go by, each once. */
export const ruleMetrics = (group: Group): readonly RuleMetric[] => {
  const thresholds = group.rules.flatMap((rule) => kindOf(rule).marks(rule));
  const read = [...group.rules.flatMap(metricsOf), ...thresholds.map(({ metric }) => metric)];
  return [...new Set(read)].flatMap((name) => {
    const metric = group.metrics[name];
    if (metric === undefined) return [];
    return [
      {
        name,
        unit: unitOf(metric),
        thresholds: thresholds
          .filter((each) => each.metric === name)
          .map(({ value, label }) => ({ value, label })),
        metric,
      },
    ];
  });
};

const unitOf = (metric: Metric): string => {
  if (metric.kind === 'query') return metric.query;
  return metric.kind === 'stat' ? `${metric.metricName}, ${metric.statistic}` : metric.expression;
};
