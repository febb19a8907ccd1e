import {
  type AutoScalingClient,
  EnterStandbyCommand,
  TerminateInstanceInAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { refusalOf } from '#aws/client/refusal.ts';
import type { StandBy } from '#domain/ledger/decision.ts';
import { type Answer, applied } from '#domain/ledger/outcome.ts';

/** Puts an instance aside: out of its load balancers, running on, counted no more. */
export const standBy =
  (client: AutoScalingClient) =>
  async ({ autoScalingGroup, instanceId, isReplaced }: StandBy): Promise<Answer> => {
    try {
      await client.send(
        new EnterStandbyCommand({
          AutoScalingGroupName: autoScalingGroup,
          InstanceIds: [instanceId],
          ShouldDecrementDesiredCapacity: !isReplaced,
        }),
      );
      return applied;
    } catch (thrown) {
      return refusalOf(thrown);
    }
  };

/** Ends an instance of a group, which keeps its desired capacity and so launches another one. */
export const endInstance =
  (client: AutoScalingClient) =>
  async (instanceId: string): Promise<Answer> => {
    try {
      await client.send(
        new TerminateInstanceInAutoScalingGroupCommand({
          InstanceId: instanceId,
          ShouldDecrementDesiredCapacity: false,
        }),
      );
      return applied;
    } catch (thrown) {
      return refusalOf(thrown);
    }
  };

/** Ends an instance that stands by. It is counted nowhere, so the desired capacity stays as it is. */
export const release = (client: AutoScalingClient) => {
  const end = endInstance(client);
  return async (instanceId: string): Promise<Answer> => {
    const answer = await end(instanceId);
    return answer.kind === 'refused' && answer.reason === 'GroupNotFound' ? applied : answer;
  };
};
