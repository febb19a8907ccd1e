import { type AutoScalingClient, SetInstanceHealthCommand } from '@aws-sdk/client-auto-scaling';
import { refusalOf } from '#aws/client/refusal.ts';
import { type Answer, applied } from '#domain/ledger/outcome.ts';

/** Marks an instance Unhealthy, so that its group replaces it once its grace period is over. */
export const markUnhealthy =
  (client: AutoScalingClient) =>
  async (instanceId: string): Promise<Answer> => {
    try {
      await client.send(
        new SetInstanceHealthCommand({
          InstanceId: instanceId,
          HealthStatus: 'Unhealthy',
          ShouldRespectGracePeriod: true,
        }),
      );
      return applied;
    } catch (thrown) {
      const answer = refusalOf(thrown);
      // An instance that is gone needs no replacement any more.
      return answer.kind === 'refused' && answer.reason === 'GroupNotFound' ? applied : answer;
    }
  };
