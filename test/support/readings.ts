import type { Reading, SeenMetric, StatMetric } from '#domain/configuration/metric.ts';
import { NOON, seconds } from './builders.ts';

/** The processors of a group, minute by minute. */
export const CPU: StatMetric = {
  kind: 'stat',
  namespace: 'AWS/EC2',
  metricName: 'CPUUtilization',
  dimensions: { AutoScalingGroupName: 'web-prod' },
  statistic: 'Average',
  periodSeconds: 60,
};

/** The requests of a load balancer, minute by minute. */
export const REQUESTS: StatMetric = {
  kind: 'stat',
  namespace: 'AWS/ApplicationELB',
  metricName: 'RequestCount',
  dimensions: { LoadBalancer: 'app/web/50dc6c495c0c9188' },
  statistic: 'Sum',
  periodSeconds: 60,
};

/** A value of two minutes ago, unless said otherwise. */
export const reading = (value: number, ageSeconds = 120): Reading => ({
  value,
  at: NOON - seconds(ageSeconds),
});

/** CloudWatch's answer with such a value, of two minutes ago unless said otherwise. */
export const seen = (value: number, ageSeconds = 120): SeenMetric => ({
  whole: reading(value, ageSeconds),
});
