import {
  DeregisterTargetsCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
  TargetGroupNotFoundException,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { chunks } from '#aws/client/chunks.ts';
import { refusalOf } from '#aws/client/refusal.ts';
import type { FailOpen, Target } from '#domain/health/health-observation.ts';
import type { Registration, Removal } from '#domain/ledger/decision.ts';
import { type Answer, applied } from '#domain/ledger/outcome.ts';
import { isHandedOver, optInOf } from '#domain/observed/opt-in.ts';

/** Reads every registered member of a target group, given as `targetgroup/NAME/ID`; nothing of one that is gone. */
export const readTargets =
  (client: ElasticLoadBalancingV2Client, arnOf: (targetGroup: string) => string) =>
  async (targetGroup: string): Promise<readonly Target[] | undefined> => {
    const targetGroupArn = arnOf(targetGroup);
    try {
      const { TargetHealthDescriptions } = await client.send(
        new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }),
      );
      return (TargetHealthDescriptions ?? []).map((each) => targetOf(targetGroupArn, each));
    } catch (thrown) {
      if (thrown instanceof TargetGroupNotFoundException) return undefined;
      throw thrown;
    }
  };

/** Takes a target out of its target group: no new traffic, and what is under way drains. */
export const deregister =
  (client: ElasticLoadBalancingV2Client) =>
  async ({ targetGroupArn, targetId, port }: Removal): Promise<Answer> => {
    try {
      await client.send(
        new DeregisterTargetsCommand({
          TargetGroupArn: targetGroupArn,
          // A port given at registration must be given again.
          Targets: [{ Id: targetId, Port: port }],
        }),
      );
      return applied;
    } catch (thrown) {
      return refusalOf(thrown);
    }
  };

/** Registers a target again, as it was registered before. */
export const register =
  (client: ElasticLoadBalancingV2Client) =>
  async ({ targetGroupArn, targetId, port, availabilityZone }: Registration): Promise<Answer> => {
    const zone = availabilityZone === undefined ? {} : { AvailabilityZone: availabilityZone };
    try {
      await client.send(
        new RegisterTargetsCommand({
          TargetGroupArn: targetGroupArn,
          Targets: [{ Id: targetId, Port: port, ...zone }],
        }),
      );
      return applied;
    } catch (thrown) {
      return refusalOf(thrown);
    }
  };

/**
 * Reads below how many healthy targets a load balancer sends traffic to all of them.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
 */
export const readFailOpen =
  (client: ElasticLoadBalancingV2Client) =>
  async (targetGroupArns: readonly string[]): Promise<Readonly<Record<string, FailOpen>>> => {
    const thresholds = await Promise.all(
      targetGroupArns.map(async (arn): Promise<[string, FailOpen]> => {
        const { Attributes = [] } = await client.send(
          new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn }),
        );
        const read = (name: string): number => {
          const found = Attributes.find(({ Key }) => Key === `${ROUTING}.${name}`)?.Value;
          return Number(found === undefined || found === 'off' ? 0 : found);
        };
        return [arn, { count: read('count'), percent: read('percentage') }];
      }),
    );
    return Object.fromEntries(thresholds);
  };

/** DescribeTags takes at most 20 resources. */
const RESOURCES_PER_CALL = 20;

/** Reads whether target groups carry the tag by which their operators handed them over to the deployment of that name. */
export const readManaged =
  (client: ElasticLoadBalancingV2Client, deployment: string) =>
  async (targetGroupArns: readonly string[]): Promise<Readonly<Record<string, boolean>>> => {
    const pages = await Promise.all(
      chunks(targetGroupArns, RESOURCES_PER_CALL).map((arns) =>
        client.send(new DescribeTagsCommand({ ResourceArns: [...arns] })),
      ),
    );
    return Object.fromEntries(
      pages
        .flatMap(({ TagDescriptions = [] }) => TagDescriptions)
        .map(({ ResourceArn = '', Tags = [] }) => [
          ResourceArn,
          isHandedOver(optInOf(Tags, deployment)),
        ]),
    );
  };

const ROUTING = 'target_group_health.unhealthy_state_routing.minimum_healthy_targets';

const targetOf = (
  targetGroupArn: string,
  { Target, TargetHealth }: TargetHealthDescription,
): Target => ({
  targetGroupArn,
  id: Target?.Id ?? '',
  port: Target?.Port ?? 0,
  ...(Target?.AvailabilityZone === undefined ? {} : { availabilityZone: Target.AvailabilityZone }),
  state: TargetHealth?.State ?? '',
  reason: TargetHealth?.Reason ?? '',
  description: TargetHealth?.Description ?? '',
});
