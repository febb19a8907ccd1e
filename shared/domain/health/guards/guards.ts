import { describeOverride, inForce } from '#domain/ledger/override.ts';
import { OPT_IN_TAG } from '#domain/observed/group-state.ts';
import type { HealthObservation } from '../health-observation.ts';
import type { Patient } from '../removal-candidates.ts';
import { type Guard, type Obstacle, obstacle, type Seen } from './obstacle.ts';
import { pace, previousReplacement } from './pace.ts';
import { ceiling, floor } from './shares.ts';

/** The first guard that forbids touching these, or nothing when all agree. */
export const findObstacle = (
  observation: HealthObservation,
  patients: readonly Patient[],
): Obstacle | undefined => {
  const { state } = observation;
  if (state === undefined) return findForbidding(observation);

  const seen = { ...observation, state };
  return (
    findForbidding(observation) ??
    firstOf([processes, obstacles, ceiling], seen) ??
    floor(seen, patients) ??
    firstOf([previousReplacement, pace], seen)
  );
};

/** What forbids to touch the group at all, whatever would be done to it. */
export const findForbidding = (observation: HealthObservation): Obstacle | undefined => {
  const { state, group } = observation;
  if (state !== undefined) return firstOf([optIn, override], { ...observation, state });

  const detail = `AWS knows no Auto Scaling group named ${group.autoScalingGroup} in this Region`;
  return obstacle('opt-in', 'GroupNotFound', detail);
};

/** The third lock: no target group is touched that its operators did not hand over. */
export const findLock = (
  { managed }: HealthObservation,
  targetGroupArns: readonly string[],
): Obstacle | undefined => {
  const locked = targetGroupArns.find((arn) => managed !== undefined && managed[arn] !== true);
  if (locked === undefined) return undefined;

  const { key, value } = OPT_IN_TAG;
  const detail = `the target group ${locked.slice(locked.indexOf('targetgroup/'))} lacks the tag ${key}=${value}; to hand it over: aws elbv2 add-tags --resource-arns ${locked} --tags Key=${key},Value=${value}`;
  return obstacle('opt-in', 'NotManaged', detail);
};

const firstOf = (guards: readonly Guard[], seen: Seen): Obstacle | undefined => {
  for (const guard of guards) {
    const found = guard(seen);
    if (found) return found;
  }
  return undefined;
};

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
