import {
  type Activity,
  type AutoScalingClient,
  paginateDescribeScalingActivities,
} from '@aws-sdk/client-auto-scaling';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';

type Launches = Readonly<Record<string, Instant>>;

/** Reads when instances of a group came into service lately, by their ids. */
export const readLaunches =
  (client: AutoScalingClient, now: () => Instant) =>
  async (autoScalingGroup: string, withinSeconds: number): Promise<Launches> => {
    const begin = now() - withinSeconds * SECOND_MS;
    const input = { AutoScalingGroupName: autoScalingGroup };
    const activities: Activity[] = [];
    for await (const page of paginateDescribeScalingActivities({ client }, input)) {
      activities.push(...(page.Activities ?? []));
      // The newest come first: what follows began earlier still.
      if (startOf(activities.at(-1)) < begin - LONGEST_LAUNCH_MS) break;
    }
    return launchesIn(activities, begin);
  };

const launchesIn = (activities: readonly Activity[], begin: Instant): Launches =>
  Object.fromEntries(
    activities.flatMap((activity) => {
      const id = LAUNCH.exec(activity.Description ?? '')?.[1];
      const at = activity.EndTime?.getTime() ?? startOf(activity);
      return id !== undefined && at > begin ? [[id, at] as const] : [];
    }),
  );

const startOf = (activity: Activity | undefined): Instant => activity?.StartTime?.getTime() ?? 0;

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-verify-scaling-activity.html */
const LAUNCH = /^Launching a new EC2 instance: (i-[0-9a-z]+)/;
/** An hour that a lifecycle hook may take by default, between the begin of a launch and its end. */
const LONGEST_LAUNCH_MS = 3_600 * SECOND_MS;
