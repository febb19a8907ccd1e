import type { Instant } from '../../shared/domain/instant.ts';
import type { Datapoint, Metrics } from '../services/cloud-watch/metrics.ts';

/** What a minute of a fleet looks like to CloudWatch. */
export type Minute = Readonly<{
  at: Instant;
  requests: number;
  lost: number;
  /** Percent of all processors. */
  cpu: number;
  meanLatencyMs: number;
  p95LatencyMs: number;
  serving: number;
  healthy: number;
  unhealthy: number;
}>;

export type Names = Readonly<{
  autoScalingGroup: string;
  targetGroup: string;
  loadBalancer: string;
}>;

/** Puts the metrics that EC2, the load balancer and Auto Scaling would put for this minute. */
export const emit = (metrics: Metrics, names: Names, minute: Minute): void => {
  const group = { AutoScalingGroupName: names.autoScalingGroup };
  const target = { TargetGroup: names.targetGroup };
  const balancer = { ...target, LoadBalancer: names.loadBalancer };
  const put =
    (namespace: string, metricName: string, dimensions: Record<string, string>) =>
    (datapoint: Datapoint): void =>
      metrics.put({ namespace, metricName, dimensions }, minute.at, datapoint);
  const level = (value: number): Datapoint => ({ Average: value, Maximum: value, Minimum: value });

  put('AWS/EC2', 'CPUUtilization', group)(level(minute.cpu));
  put('AWS/AutoScaling', 'GroupInServiceInstances', group)(level(minute.serving));
  put('AWS/ApplicationELB', 'RequestCount', balancer)({ Sum: minute.requests });
  put('AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', balancer)({ Sum: minute.lost });
  put('AWS/ApplicationELB', 'HealthyHostCount', balancer)(level(minute.healthy));
  put('AWS/ApplicationELB', 'UnHealthyHostCount', balancer)(level(minute.unhealthy));
  if (minute.serving > 0) {
    const each = minute.requests / minute.serving;
    put('AWS/ApplicationELB', 'RequestCountPerTarget', target)({ Sum: each, Average: each });
  }
  const [mean, p95] = [minute.meanLatencyMs / 1_000, minute.p95LatencyMs / 1_000];
  put(
    'AWS/ApplicationELB',
    'TargetResponseTime',
    balancer,
  )({
    ...{ Average: mean, Maximum: p95 * 1.5, p50: mean, p90: p95 * 0.8, p95, p99: p95 * 1.3 },
  });
};
