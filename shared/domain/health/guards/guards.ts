import { describeTagLoss, isSelected } from '#domain/configuration/fleet.ts';
import type { GuardStage } from '#domain/ledger/decision.ts';
import { describeOverride, inForce } from '#domain/ledger/override.ts';
import { describeLack, OPT_IN_TAG, wantedTag } from '#domain/observed/opt-in.ts';
import type { HealthObservation } from '../health-observation.ts';
import type { RemovalCandidate } from '../removal-candidates.ts';
import { ceiling, floor } from './floor-and-ceiling.ts';
import { type Guard, type GuardObstacle, obstacle, type Seen } from './guard.ts';
import { pace, previousReplacement } from './pace.ts';

/** The first guard that forbids touching these, or nothing when all agree. */
export const findObstacle = (
  observation: HealthObservation,
  candidates: readonly RemovalCandidate[],
): GuardObstacle | undefined => {
  const { state } = observation;
  if (state === undefined) return findForbidding(observation);

  return firstOf(GUARDS, { ...observation, state }, candidates);
};

/** Finds what forbids to touch the group at all, whatever would be done to it. */
export const findForbidding = (observation: HealthObservation): GuardObstacle | undefined => {
  const { state, group } = observation;
  if (state !== undefined) return firstOf(LOCKS, { ...observation, state }, []);

  const detail = `AWS knows no Auto Scaling group named ${group.autoScalingGroup} in this Region`;
  return obstacle('opt-in', 'GroupNotFound', detail);
};

/** The third lock: no target group is touched that its operators did not hand over. */
export const findLock = (
  { managed, state }: HealthObservation,
  targetGroupArns: readonly string[],
): GuardObstacle | undefined => {
  const locked = targetGroupArns.find((arn) => managed !== undefined && managed[arn] !== true);
  if (locked === undefined) return undefined;

  const tag = wantedTag(state?.optIn);
  const value = tag.slice(OPT_IN_TAG.length + 1);
  const detail = `the target group ${locked.slice(locked.indexOf('targetgroup/'))} lacks the tag ${tag}; to hand it over: aws elbv2 add-tags --resource-arns ${locked} --tags Key=${OPT_IN_TAG},Value=${value}`;
  return obstacle('opt-in', 'NotManaged', detail);
};

const firstOf = (
  guards: Readonly<Record<string, Guard>>,
  seen: Seen,
  candidates: readonly RemovalCandidate[],
): GuardObstacle | undefined => {
  for (const guard of Object.values(guards)) {
    const found = guard(seen, candidates);
    if (found) return found;
  }
  return undefined;
};

/** A member carries the tags of its fleet at this moment: the sweep may have found them a minute ago. */
const optIn: Guard<'opt-in'> = ({ group: { fleet }, state }) => {
  if (state.isBeingDeleted) {
    return obstacle('opt-in', 'GroupBeingDeleted', 'the group is being deleted');
  }
  if (!state.isManaged) {
    return obstacle('opt-in', 'NotManaged', `the group ${describeLack(state.optIn)}`);
  }
  return fleet === undefined || isSelected(fleet, state.tags ?? {})
    ? undefined
    : obstacle('opt-in', 'NotSelected', describeTagLoss(fleet));
};

const override: Guard<'override'> = (observation) => {
  const current = inForce(observation.override, observation.now);
  return current?.kind === 'pause'
    ? obstacle('override', 'Paused', describeOverride(current))
    : undefined;
};

/** Without these processes a marked instance would be removed and not come back, or not be removed. */
const NEEDED = ['ReplaceUnhealthy', 'Launch', 'Terminate', 'HealthCheck'];

const suspendedProcesses: Guard<'suspended-processes'> = ({ state }) => {
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
const obstacles: Guard<'obstacles'> = ({ obstacles: found = [] }) => {
  const [first] = found;
  return first && obstacle('obstacles', first.reason, first.detail);
};

/** The guards that forbid to touch the group at all, whatever would be done to it. */
const LOCKS = { 'opt-in': optIn, override } as const;

/**
 * The guards in the order in which they are asked; the first that forbids is told. A stage without its
 * guard does not compile, and neither does a guard under the stage of another one.
 */
const GUARDS: { readonly [S in GuardStage]: Guard<S> } = {
  ...LOCKS,
  'suspended-processes': suspendedProcesses,
  obstacles,
  ceiling,
  floor,
  sightings: previousReplacement,
  pace,
};
