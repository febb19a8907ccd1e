import { describeSeconds } from './describe-seconds.ts';
import { inService } from './group-state.ts';
import { type Guard, obstacle } from './heal-obstacle.ts';
import type { HealthObservation } from './health-observation.ts';
import { type Instant, SECOND_MS, secondsBetween } from './instant.ts';
import { STALE_READ_SECONDS } from './observation.ts';
import { fleetSize } from './sightings.ts';

/** One replacement after the other: the group must have its capacity back first. */
export const previousReplacement: Guard = ({ state, head, now }) => {
  const last = head.removals.at(-1);
  if (last !== undefined && now - last < STALE_READ_SECONDS * SECOND_MS) {
    const ago = describeSeconds(secondsBetween(last, now));
    return obstacle('sightings', 'ReplacementInProgress', `a target was removed ${ago} ago`);
  }

  const condemned = state.instances.filter(({ isHealthy }) => !isHealthy).length;
  const serving = inService(state).reduce((sum, { weight }) => sum + weight, 0);
  if (condemned === 0 && serving >= state.capacityDesired) return undefined;

  const detail = `${serving} of ${state.capacityDesired} units are in service, ${condemned} being replaced`;
  return obstacle('sightings', 'ReplacementInProgress', detail);
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
