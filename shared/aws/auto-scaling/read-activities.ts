import {
  type AutoScalingClient,
  DescribeScalingActivitiesCommand,
} from '@aws-sdk/client-auto-scaling';
import type { Activity } from '#domain/observed/obstacle.ts';

const NEWEST = 20;

/** Reads a group's latest scaling activities, the newest first. */
export const readActivities =
  (client: AutoScalingClient) =>
  async (autoScalingGroup: string): Promise<readonly Activity[]> => {
    const { Activities = [] } = await client.send(
      new DescribeScalingActivitiesCommand({
        AutoScalingGroupName: autoScalingGroup,
        MaxRecords: NEWEST,
      }),
    );

    return Activities.map(({ StartTime, StatusCode, StatusMessage, Cause }) => ({
      at: StartTime?.getTime() ?? 0,
      isFailed: StatusCode === 'Failed',
      cause: (Cause ?? '').slice(0, MOST_WORDS),
      message: (StatusMessage ?? '').slice(0, MOST_WORDS),
    }));
  };

/** They are kept with the decision; AWS writes a few hundred characters. */
const MOST_WORDS = 1_000;
