import { describeSeconds } from './describe-seconds.ts';
import { type GroupState, inService } from './group-state.ts';
import { type Guard, obstacle } from './heal-obstacle.ts';
import type { HealthObservation } from './health-observation.ts';
import { type Instant, MINUTE_MS, SECOND_MS, secondsBetween } from './instant.ts';
import { STALE_READ_SECONDS } from './observation.ts';
import { fleetSize } from './sightings.ts';

/**
 * One replacement after the other, or a tenth of a large fleet side by side: the group must have its
 * capacity back first. What waits in a lifecycle hook may do so for two days, so a person is told.
 */
export const previousReplacement: Guard = ({ state, head, now }) => {
  const last = head.removals.at(-1);
  if (last !== undefined && now - last < STALE_READ_SECONDS * SECOND_MS) {
    const ago = describeSeconds(secondsBetween(last, now));
    return obstacle('sightings', 'ReplacementInProgress', `a target was removed ${ago} ago`);
  }

  const { absent, serving, condemned } = absentUnits(state);
  if (absent === 0 || absent < sideBySide(state.capacityDesired)) return undefined;

  const counts = `${serving} of ${state.capacityDesired} units are in service, ${condemned} being replaced`;
  const { waitingSince = now } = head;
  if (now - waitingSince < STUCK_AFTER_MS) {
    return obstacle('sightings', 'ReplacementInProgress', counts);
  }

  const since = describeSeconds(secondsBetween(waitingSince, now));
  const detail = `${counts}, for ${since} already, and the next one waits: look at the group's lifecycle hooks and activities (aws autoscaling describe-scaling-activities --auto-scaling-group-name ${state.autoScalingGroup})`;
  return obstacle('sightings', 'ReplacementStuck', detail);
};

/** A replacement that takes longer than this needs a person. */
const STUCK_AFTER_MS = 30 * MINUTE_MS;

/** Units that the group wants and that do not serve, or not for long: missing ones, and marked ones. */
const absentUnits = (
  state: GroupState,
): Readonly<{ absent: number; serving: number; condemned: number }> => {
  const members = inService(state);
  const serving = members.reduce((sum, { weight }) => sum + weight, 0);
  const condemned = members
    .filter(({ isHealthy }) => !isHealthy)
    .reduce((sum, { weight }) => sum + weight, 0);
  return {
    absent: Math.max(0, state.capacityDesired - serving) + condemned,
    serving,
    condemned,
  };
};

/** So many units may be replaced at the same time. */
const sideBySide = (units: number): number => Math.max(1, Math.floor(units / 10));

/** How many of so many replacements may begin beside those under way. */
export const besideOthers = (
  { state }: Pick<HealthObservation, 'state'>,
  replacements: number,
): number => {
  if (state === undefined) return replacements;
  const { absent } = absentUnits(state);
  return absent === 0 ? replacements : replacements - absent;
};

/** Who is replaced again and again is not healed by that: so many in a window, and a person looks. */
export const pace: Guard = (observation) => {
  const { perSeconds } = observation.group.health.pace;
  const recent = recentRemovals(observation).length;
  const most = mostRemovals(observation);
  if (recent < most) return undefined;

  const window = describeSeconds(perSeconds);
  const detail = `${recent} targets were taken out within ${window}, and the limit is ${most}`;
  return obstacle('pace', 'RemovalLimit', detail);
};

/** How many more may leave now. */
export const paceLeft = (observation: HealthObservation): number =>
  Math.max(0, mostRemovals(observation) - recentRemovals(observation).length);

/** The removals that still count. */
export const recentRemovals = ({ group, head, now }: HealthObservation): readonly Instant[] =>
  head.removals.filter((at) => now - at < group.health.pace.perSeconds * SECOND_MS);

const mostRemovals = (observation: HealthObservation): number => {
  const { targets, percent } = observation.group.health.pace;
  return Math.max(targets, Math.floor((fleetSize(observation) * percent) / 100));
};
