import {
  type Activity,
  type AutoScalingClient,
  paginateDescribeScalingActivities,
} from '@aws-sdk/client-auto-scaling';
import type { Launch } from '#domain/history/group-history.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';

/**
 * The launches of a group that began since a moment and came to an end, the earliest first. Auto Scaling keeps
 * activities for six weeks. A launch into a warm pool brings no instance into service, and is left out; one from it is
 * a start.
 */
export const readLaunchHistory =
  (client: AutoScalingClient) =>
  async (autoScalingGroup: string, since: Instant): Promise<readonly Launch[]> => {
    const activities: Activity[] = [];
    const input = { AutoScalingGroupName: autoScalingGroup, MaxRecords: 100 };
    for await (const page of paginateDescribeScalingActivities({ client }, input)) {
      activities.push(...(page.Activities ?? []));
      // The newest come first.
      if ((page.Activities ?? []).some((each) => startOf(each) < since)) break;
    }
    return activities
      .filter((each) => startOf(each) >= since && LAUNCH.test(each.Description ?? ''))
      .flatMap(launchOf)
      .sort((a, b) => a.startedAt - b.startedAt);
  };

const startOf = ({ StartTime }: Activity): Instant => StartTime?.getTime() ?? 0;

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-verify-scaling-activity.html */
const LAUNCH = /^Launching a new EC2 instance(?! into)/;
const START = /^Launching a new EC2 instance from warm pool/;

const launchOf = (activity: Activity): readonly Launch[] => {
  const startedAt = startOf(activity);
  const launch: Launch = START.test(activity.Description ?? '')
    ? { startedAt, isStart: true }
    : { startedAt };
  if (activity.StatusCode === 'Failed') return [launch];
  if (activity.StatusCode !== 'Successful' || activity.EndTime === undefined) return [];
  const bootSeconds = Math.max(0, (activity.EndTime.getTime() - startedAt) / SECOND_MS);
  return [{ ...launch, bootSeconds }];
};
