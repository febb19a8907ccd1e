import type { Metric } from '../metric.ts';

/**
 * What is known of a metric by its name: whether twice the capacity halves it, and the values that it
 * can have at all.
 */
export type Nature = Readonly<{ isShared: boolean; least: number; most: number }>;

export const natureOf = (metric: Metric | undefined): Nature => {
  if (metric?.kind !== 'stat') return UNKNOWN;
  const { namespace, metricName, dimensions, statistic } = metric;
  if (namespace === 'AWS/EC2' && metricName === 'CPUUtilization') {
    return { isShared: statistic === 'Average', least: 0, most: 100 };
  }
  if (metricName === 'RequestCountPerTarget') return { ...COUNT, isShared: true };
  if (/percent/i.test(metricName)) {
    const isMean = statistic === 'Average' && 'AutoScalingGroupName' in dimensions;
    return { isShared: isMean, least: 0, most: 100 };
  }
  return namespace.startsWith('AWS/') ? COUNT : UNKNOWN;
};

const UNKNOWN: Nature = {
  ...{ isShared: false, least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY },
};
/** AWS counts and measures nothing below zero. */
const COUNT: Nature = { isShared: false, least: 0, most: Number.POSITIVE_INFINITY };
