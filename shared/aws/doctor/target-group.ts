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

/** A target group, and the load balancer that tidegate.yml names for it; it names none for members of fleets. */
export type AskedTargetGroup = Readonly<{ targetGroup: string; loadBalancer?: string }>;

/**
 * Reads a target group, its health check and targets, and the load balancer that tidegate.yml names, or the first that
 * sends the target group traffic.
 */
export const examineTargetGroup =
  ({ client, deployment, arnOf }: Asking) =>
  async ({ targetGroup, loadBalancer }: AskedTargetGroup): Promise<Read> => {
    const arn = arnOf(targetGroup);
    const answer = await unlessMissing(
      ['TargetGroupNotFoundException', 'TargetGroupNotFound'],
      () => client.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] })),
    );
    const [found] = answer?.TargetGroups ?? [];
    const configuredBalancer = loadBalancer ?? balancersOf(found)[0] ?? '';
    const balancer =
      configuredBalancer === ''
        ? undefined
        : await readBalancer(client, arnOf(`loadbalancer/${configuredBalancer}`));
    const seen = {
      name: targetGroup,
      configuredBalancer,
      ...(balancer === undefined ? {} : { balancer }),
    };
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
  balancers: balancersOf(group),
  check: {
    port: group.HealthCheckPort ?? 'traffic-port',
    path: group.HealthCheckPath ?? '',
    codes: group.Matcher?.HttpCode ?? group.Matcher?.GrpcCode ?? '200',
    intervalSeconds: group.HealthCheckIntervalSeconds ?? 30,
    timeoutSeconds: group.HealthCheckTimeoutSeconds ?? 5,
    healthyCount: group.HealthyThresholdCount ?? 5,
  },
});

/** The load balancers that send traffic to a target group, as `app/NAME/ID`. */
const balancersOf = (group: TargetGroup | undefined): readonly string[] =>
  (group?.LoadBalancerArns ?? []).map((arn) => arn.replace(/^.*:loadbalancer\//, ''));

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
