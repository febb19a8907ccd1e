import type { Activity, Obstacle } from '#domain/observed/obstacle.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Fleet } from './fleet.ts';

/** A process under way in a group: an instance refresh, an update of its stack, a zonal shift. */
export const obstaclesOf = (fleet: Fleet, now: Instant): readonly Obstacle[] => [
  ...(fleet.outdated.size > 0
    ? [{ reason: 'InstanceRefreshActive', detail: 'an instance refresh is under way' } as const]
    : []),
  ...(fleet.stackBusyUntil > now
    ? [{ reason: 'StackUpdateActive', detail: 'CloudFormation is at work' } as const]
    : []),
  ...(fleet.shiftedUntil > now
    ? [{ reason: 'ZonalShiftActive', detail: 'a zonal shift is on' } as const]
    : []),
];

/** The group's latest activities, the newest first, as DescribeScalingActivities shows them. */
export const activitiesOf = (fleet: Fleet, now: Instant): readonly Activity[] =>
  fleet.launchesFailUntil > now ? [failedLaunch(now), ...fleet.activities] : fleet.activities;

/** When instances came into service lately, as the group's activities tell. */
export const launchesOf = (
  { machines }: Fleet,
  now: Instant,
  withinSeconds: number,
): Readonly<Record<string, Instant>> =>
  Object.fromEntries(
    machines
      .filter(({ inServiceAt }) => inServiceAt <= now && now - inServiceAt < withinSeconds * 1_000)
      .map(({ id, inServiceAt }) => [id, inServiceAt]),
  );

const failedLaunch = (at: Instant): Activity => ({
  at,
  isFailed: true,
  cause: 'an instance was launched in response to a difference between desired and actual capacity',
  message:
    'We currently do not have sufficient m5.large capacity in the Availability Zone you requested. Launching EC2 instance failed.',
});
