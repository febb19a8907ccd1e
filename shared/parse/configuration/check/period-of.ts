import type { MetricInput, UsedInput } from '#parse/configuration/schema/metric-schema.ts';
import type { GroupParts } from '../group-parts.ts';

/** Reads the period of a metric as far as it is known: all that an expression uses has the same. */
export const periodOf = (
  metric: MetricInput,
  group: Pick<GroupParts, 'metrics'>,
): number | undefined => {
  if (!('expression' in metric)) return metric.period;
  return Object.values(metric.uses)
    .map((used) => usedPeriod(used, group))
    .find((period) => period !== undefined);
};

/** Reads the period of a metric that an expression uses; expressions and queries have no place there. */
export const usedPeriod = (
  used: UsedInput,
  { metrics }: Pick<GroupParts, 'metrics'>,
): number | undefined => {
  const metric = typeof used === 'string' ? metrics.get(used) : used;
  if (metric === undefined || 'expression' in metric) return undefined;
  return isExpression(metric) ? undefined : metric.period;
};

/** Says whether a metric is computed from others, which no expression can use. */
export const isExpression = (metric: MetricInput): boolean =>
  'expression' in metric ||
  'query' in metric ||
  ('preset' in metric && metric.preset === 'alb-error-rate');
