import { type AutoScalingClient, SetDesiredCapacityCommand } from '@aws-sdk/client-auto-scaling';
import { refusalOf } from '#aws/client/refusal.ts';
import { type Answer, applied } from '#domain/ledger/outcome.ts';

/** Sets a group's desired capacity to an absolute value; repeating the call does no harm. */
export const setCapacity =
  (client: AutoScalingClient) =>
  async (autoScalingGroup: string, capacity: number): Promise<Answer> => {
    try {
      await client.send(
        new SetDesiredCapacityCommand({
          AutoScalingGroupName: autoScalingGroup,
          DesiredCapacity: capacity,
          // Cooldowns are ours, one for each direction; the group's own would be a third.
          HonorCooldown: false,
        }),
      );
      return applied;
    } catch (thrown) {
      return refusalOf(thrown);
    }
  };
