import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Removal } from '../domain/decision.ts';
import type { Target } from '../domain/health-observation.ts';
import { type Answer, applied } from '../domain/outcome.ts';
import { refusalOf } from './refusal.ts';

/** Reads every registered member of a target group, given as `targetgroup/NAME/ID`. */
export const readTargets =
  (client: ElasticLoadBalancingV2Client, arnOf: (targetGroup: string) => string) =>
  async (targetGroup: string): Promise<readonly Target[]> => {
    const targetGroupArn = arnOf(targetGroup);
    const { TargetHealthDescriptions } = await client.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }),
    );

    return (TargetHealthDescriptions ?? []).map((each) => targetOf(targetGroupArn, each));
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

const targetOf = (
  targetGroupArn: string,
  { Target, TargetHealth }: TargetHealthDescription,
): Target => ({
  targetGroupArn,
  id: Target?.Id ?? '',
  port: Target?.Port ?? 0,
  state: TargetHealth?.State ?? '',
  reason: TargetHealth?.Reason ?? '',
  description: TargetHealth?.Description ?? '',
});
