import type { Group } from '#domain/configuration/configuration.ts';
import { sourcesOf } from '#domain/configuration/metric-nature.ts';
import type { Names } from '#simulator/fleet/emit.ts';

/**
 * A group's fleet stands behind the load balancer that its health or its metrics name, or, when
 * they name a queue and no load balancer, behind that queue.
 */
export const namesOf = (group: Group): Names => {
  const { name, autoScalingGroup, health, metrics } = group;
  const dimensions = Object.values(metrics)
    .flatMap((metric) => sourcesOf(metric))
    .map((source) => source.dimensions);
  const first = (key: string): string | undefined =>
    dimensions.map((each) => each[key]).find((value) => value !== undefined);
  const queue = first('QueueName');
  const isBalanced =
    health !== undefined || (first('TargetGroup') ?? first('LoadBalancer')) !== undefined;

  return {
    autoScalingGroup,
    targetGroup: health?.watched[0]?.targetGroup ?? first('TargetGroup') ?? `targetgroup/${name}/1`,
    loadBalancer: health?.watched[0]?.loadBalancer ?? first('LoadBalancer') ?? 'app/lb/1',
    ...(queue === undefined || isBalanced ? {} : { queue }),
  };
};
