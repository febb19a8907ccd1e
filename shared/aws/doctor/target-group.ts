import {
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  type ElasticLoadBalancingV2Client,
  type TargetGroup,
  type TargetGroupAttribute,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { readTargets } from '#aws/load-balancing/load-balancing.ts';
import type { WatchedTargetGroup } from '#domain/configuration/configuration.ts';
import type { BalancerFacts, FoundTargetGroup, TargetGroupFacts } from '#domain/doctor/checkup.ts';
import { isHandedOver, type OptIn, optInOf } from '#domain/observed/opt-in.ts';
import { unlessMissing } from './asking.ts';

type Read = Omit<TargetGroupFacts, 'openings'>;

type Asking = Readonly<{
  client: ElasticLoadBalancingV2Client;
  /** The name of the deployment that asks, SERVICE-STAGE. */
  deployment: string;
  arnOf: (targetGroup: string) => string;
}>;

/** Reads a target group, its health check and targets, and the load balancer that tidegate.yml names. */
export const examineTargetGroup =
  ({ client, deployment, arnOf }: Asking) =>
  async ({ targetGroup, loadBalancer }: WatchedTargetGroup): Promise<Read> => {
    const arn = arnOf(targetGroup);
    const balancer = await readBalancer(client, arnOf(`loadbalancer/${loadBalancer}`));
    const seen = {
      name: targetGroup,
      configuredBalancer: loadBalancer,
      ...(balancer === undefined ? {} : { balancer }),
    };
    const answer = await unlessMissing(
      ['TargetGroupNotFoundException', 'TargetGroupNotFound'],
      () => client.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] })),
    );
    const [found] = answer?.TargetGroups ?? [];
    if (found === undefined) return { ...seen, targets: [] };

    const [{ TagDescriptions = [] }, { Attributes = [] }, targets = []] = await Promise.all([
      client.send(new DescribeTagsCommand({ ResourceArns: [arn] })),
      client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn })),
      readTargets(client, () => arn)(targetGroup),
    ]);
    const optIn = optInOf(
      TagDescriptions.flatMap(({ Tags = [] }) => Tags),
      deployment,
    );
    return { ...seen, found: { ...foundOf(found, optIn), ...servingOf(Attributes) }, targets };
  };

/** As AWS has it when an attribute was never set. */
const DRAIN_SECONDS = 300;

const servingOf = (
  attributes: readonly TargetGroupAttribute[],
): Pick<FoundTargetGroup, 'isSticky' | 'drainSeconds'> => {
  const settingOf = (key: string) => attributes.find(({ Key }) => Key === key)?.Value;
  return {
    isSticky: settingOf('stickiness.enabled') === 'true',
    drainSeconds: Number(settingOf('deregistration_delay.timeout_seconds') ?? DRAIN_SECONDS),
  };
};

type Described = Omit<FoundTargetGroup, 'isSticky' | 'drainSeconds'>;

const foundOf = (group: TargetGroup, optIn: OptIn): Described => ({
  arn: group.TargetGroupArn ?? '',
  isManaged: isHandedOver(optIn),
  optIn,
  targetType: group.TargetType ?? 'instance',
  port: group.Port ?? 0,
  balancers: (group.LoadBalancerArns ?? []).map((arn) => arn.replace(/^.*:loadbalancer\//, '')),
  check: {
    port: group.HealthCheckPort ?? 'traffic-port',
    path: group.HealthCheckPath ?? '',
    codes: group.Matcher?.HttpCode ?? group.Matcher?.GrpcCode ?? '200',
    intervalSeconds: group.HealthCheckIntervalSeconds ?? 30,
    timeoutSeconds: group.HealthCheckTimeoutSeconds ?? 5,
    healthyCount: group.HealthyThresholdCount ?? 5,
  },
});

const readBalancer = async (
  client: ElasticLoadBalancingV2Client,
  arn: string,
): Promise<BalancerFacts | undefined> => {
  const answer = await unlessMissing(
    ['LoadBalancerNotFoundException', 'LoadBalancerNotFound'],
    () => client.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] })),
  );
  const [found] = answer?.LoadBalancers ?? [];
  if (found === undefined) return undefined;

  return {
    zones: (found.AvailabilityZones ?? []).map(({ ZoneName = '' }) => ZoneName),
    securityGroups: found.SecurityGroups ?? [],
  };
};
