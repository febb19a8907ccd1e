import type { MathMetric, Metric, StatMetric } from './metric.ts';

/** Facts about a metric that its name tells. */
export type Nature = Readonly<{
  /** Twice the capacity halves it. */
  isShared: boolean;
  /** It measures the work of the instances: all metrics that do so rise and fall together. */
  isWork: boolean;
  /** The values that it can have at all. */
  least: number;
  most: number;
}>;

export const natureOf = (metric: Metric | undefined): Nature => {
  if (metric?.kind !== 'stat') return UNKNOWN;
  const { namespace, metricName, dimensions, statistic } = metric;
  const isMean = statistic === 'Average';
  if (namespace === 'AWS/EC2' && metricName === 'CPUUtilization') {
    return { isShared: isMean, isWork: isMean, least: 0, most: 100 };
  }
  if (namespace === 'AWS/EC2' && /^Network(?:Packets)?(?:In|Out)$/.test(metricName)) {
    return { ...COUNT, isShared: isMean, isWork: isMean };
  }
  if (metricName === 'RequestCountPerTarget') return { ...COUNT, isShared: true, isWork: true };
  if (/percent/i.test(metricName)) {
    const isOfGroup = isMean && 'AutoScalingGroupName' in dimensions;
    return { isShared: isOfGroup, isWork: false, least: 0, most: 100 };
  }
  return namespace.startsWith('AWS/') ? COUNT : UNKNOWN;
};

const UNKNOWN: Nature = {
  isShared: false,
  isWork: false,
  least: Number.NEGATIVE_INFINITY,
  most: Number.POSITIVE_INFINITY,
};

/** AWS counts and measures nothing below zero. */
const COUNT: Nature = {
  isShared: false,
  isWork: false,
  least: 0,
  most: Number.POSITIVE_INFINITY,
};

/** The metrics of CloudWatch that one is made of: itself, or those of an expression; of a query nobody knows. */
export const sourcesOf = (metric: Metric | undefined): readonly StatMetric[] => {
  if (metric === undefined) return [];
  if (metric.kind === 'query') return [];
  return metric.kind === 'stat' ? [metric] : Object.values(metric.uses);
};

/**
 * A load balancer reports a metric only while requests flow through it, but for the counts of hosts
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html).
 */
export const isSparse = ({ namespace, metricName }: StatMetric): boolean =>
  (namespace === 'AWS/ApplicationELB' || namespace === 'AWS/ELB') && !/HostCount$/.test(metricName);

/** It is measured on instances, or on what they answer: without any there is no such metric. */
export const needsInstances = (metric: StatMetric): boolean => {
  const { namespace, metricName } = metric;
  // A load balancer counts its own answers without targets, too.
  if (isSparse(metric)) return !metricName.includes('_ELB_');
  return namespace === 'AWS/EC2' || namespace === 'CWAgent';
};

/**
 * The metrics without which an expression has no value: those that no FILL of it fills by name. A FILL of more
 * than one metric counts for all of them.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export const unfilledOf = ({ expression, uses }: MathMetric): readonly StatMetric[] => {
  const filled = [...expression.matchAll(/\bFILL\s*\(\s*([^,]*?)\s*,/gi)].map(
    ([, what]) => what as string,
  );
  if (filled.some((what) => !Object.hasOwn(uses, what))) return [];
  return Object.entries(uses)
    .filter(([name]) => !filled.includes(name))
    .map(([, metric]) => metric);
};
