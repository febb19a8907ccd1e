import type { Metric } from '#domain/configuration/metric.ts';
import { isCount } from '#domain/configuration/reading-window.ts';
import { metricOf } from '#parse/configuration/normalise/metric-of.ts';
import type { GroupParts } from '../group-parts.ts';
import { isExpression } from './period-of.ts';

type Metrics = Pick<GroupParts, 'metrics'>;

/** Tells whether a metric of the group counts what came within its period; undefined while it has mistakes. */
export const countsWhatCame = (name: string, group: Metrics): boolean | undefined => {
  const metric = metricInParts(name, group);
  return metric && isCount(metric);
};

/** A metric of the group as CloudWatch knows it; undefined while it has mistakes. */
export const metricInParts = (name: string, { metrics }: Metrics): Metric | undefined => {
  const metric = metrics.get(name);
  if (metric === undefined) return undefined;
  const used = 'expression' in metric ? Object.values(metric.uses) : [];
  const areKnown = used.every((each) => {
    const input = typeof each === 'string' ? metrics.get(each) : each;
    return input !== undefined && !isExpression(input);
  });
  return areKnown ? metricOf(metric, { autoScalingGroup: '', metrics }) : undefined;
};
