import { blameOf } from './cohort.ts';
import type { TraceLine } from './decision.ts';
import { describeSeconds } from './describe-seconds.ts';
import { type GroupState, inService, OPT_IN_TAG } from './group-state.ts';
import type { HealthObservation } from './health-observation.ts';
import { SECOND_MS, secondsBetween } from './instant.ts';
import { STALE_READ_SECONDS } from './observation.ts';
import { describeOverride, inForce } from './override.ts';
import type { Reason } from './reason.ts';
import { isCounted, isFailing } from './sightings.ts';

export type Obstacle = Readonly<{ reason: Reason; detail: string; trace: TraceLine }>;

/** The first guard that forbids touching any target, or nothing when all agree. */
export const findObstacle = (observation: HealthObservation): Obstacle | undefined => {
  const { state, group } = observation;
  if (state === undefined) {
    const detail = `AWS knows no Auto Scaling group named ${group.autoScalingGroup} in this Region`;
    return obstacle('opt-in', 'GroupNotFound', detail);
  }

  for (const guard of [
    optIn,
    override,
    processes,
    obstacles,
    ceiling,
    floor,
    previousReplacement,
  ]) {
    const found = guard({ ...observation, state });
    if (found) return found;
  }
  return undefined;
};

type Guard = (
  observation: HealthObservation & Readonly<{ state: GroupState }>,
) => Obstacle | undefined;

const optIn: Guard = ({ state }) => {
  if (state.isBeingDeleted) {
    return obstacle('opt-in', 'GroupBeingDeleted', 'the group is being deleted');
  }

  const tag = `${OPT_IN_TAG.key}=${OPT_IN_TAG.value}`;
  return state.isManaged
    ? undefined
    : obstacle('opt-in', 'NotManaged', `the group lacks the tag ${tag}`);
};

const override: Guard = (observation) => {
  const current = inForce(observation.override, observation.now);
  return current?.kind === 'pause'
    ? obstacle('override', 'Paused', describeOverride(current))
    : undefined;
};

/** Without these processes a marked instance would be removed and not come back, or not be removed. */
const NEEDED = ['ReplaceUnhealthy', 'Launch', 'Terminate', 'HealthCheck'];

const processes: Guard = ({ state }) => {
  const suspended = state.suspendedProcesses;
  if (suspended.includes('AlarmNotification')) {
    return obstacle('suspended-processes', 'Paused', 'AlarmNotification is suspended');
  }

  const missing = NEEDED.find((name) => suspended.includes(name));
  return missing
    ? obstacle('suspended-processes', 'ProcessSuspended', `${missing} is suspended`)
    : undefined;
};

/** Instances come and go by another hand: who is replaced twice is missed twice. */
const obstacles: Guard = ({ obstacles: found = [] }) => {
  const [first] = found;
  return first && obstacle('obstacles', first.reason, first.detail);
};

/** When many fail at once the cause is common, and replacing them would only shrink the fleet. */
const ceiling: Guard = ({ group, targets, state }) => {
  const total = targets.filter((target) => isCounted(target)).length;
  const failing = targets.filter((target) => isFailing(target)).length;
  const limit = Math.max(1, Math.floor((total * group.health.ceilingPercent) / 100));
  if (failing <= limit) return undefined;

  const share = `${failing} of ${total} targets are unhealthy, more than ${group.health.ceilingPercent} %`;
  const blame = blameOf(state, targets);
  const cause = blame === undefined ? '' : ` (${blame})`;
  const detail = `${share}: the cause is common${cause}, nothing is touched`;
  return obstacle('ceiling', 'CommonCause', detail);
};

/** The candidates are unhealthy already, so what is healthy now is what remains healthy after. */
const floor: Guard = ({ group, targets }) => {
  const total = targets.filter((target) => isCounted(target)).length;
  const healthy = targets.filter(({ state }) => state === 'healthy').length;
  const needed = Math.max(1, Math.ceil((total * group.health.floorPercent) / 100));
  if (healthy >= needed) return undefined;

  const count = `${healthy} of ${total} targets are healthy`;
  return obstacle('floor', 'BelowHealthyFloor', `${count}, and the floor is ${needed}`);
};

/** One replacement after the other: the group must have its capacity back first. */
const previousReplacement: Guard = ({ state, head, now }) => {
  if (
    head.lastRemovalAt !== undefined &&
    now - head.lastRemovalAt < STALE_READ_SECONDS * SECOND_MS
  ) {
    const ago = describeSeconds(secondsBetween(head.lastRemovalAt, now));
    return obstacle('sightings', 'ReplacementInProgress', `a target was removed ${ago} ago`);
  }

  const condemned = state.instances.filter(({ isHealthy }) => !isHealthy).length;
  const serving = inService(state).reduce((sum, { weight }) => sum + weight, 0);
  if (condemned === 0 && serving >= state.capacityDesired) return undefined;

  const detail = `${serving} of ${state.capacityDesired} units are in service, ${condemned} being replaced`;
  return obstacle('sightings', 'ReplacementInProgress', detail);
};

const obstacle = (stage: TraceLine['stage'], reason: Reason, detail: string): Obstacle => ({
  reason,
  detail,
  trace: { stage, verdict: 'hold', reason, detail },
});
