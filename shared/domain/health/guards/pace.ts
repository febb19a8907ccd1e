import { STALE_READ_SECONDS } from '#domain/capacity/observation.ts';
import type { Removal } from '#domain/ledger/decision.ts';
import { type GroupState, inService } from '#domain/observed/group-state.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { type Instant, MINUTE_MS, SECOND_MS, secondsBetween } from '#domain/time/instant.ts';
import { type HealthObservation, keyOfRegistration } from '../health-observation.ts';
import { fleetSize } from '../sightings.ts';
import { type Guard, type GuardObstacle, obstacle } from './guard.ts';

/**
 * One replacement after the other, or a tenth of a large fleet side by side: the group must have its
 * capacity back first. What waits in a lifecycle hook may do so for two days, so a person is told.
 */
export const previousReplacement: Guard<'sightings'> = ({ state, head, now }) => {
  const last = head.removals.at(-1);
  if (last !== undefined && now - last < STALE_READ_SECONDS * SECOND_MS) {
    const ago = describeSeconds(secondsBetween(last, now));
    return obstacle('sightings', 'ReplacementInProgress', `a target was removed ${ago} ago`);
  }

  const { absent, serving, replaced } = absentUnits(state);
  if (absent === 0 || absent < sideBySide(state.capacityDesired)) return undefined;

  const counts = `${serving} of ${state.capacityDesired} units are in service, ${replaced} being replaced`;
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
): Readonly<{ absent: number; serving: number; replaced: number }> => {
  const members = inService(state);
  const serving = members.reduce((sum, { weight }) => sum + weight, 0);
  const replaced = members
    .filter(({ isHealthy }) => !isHealthy)
    .reduce((sum, { weight }) => sum + weight, 0);
  return {
    absent: Math.max(0, state.capacityDesired - serving) + replaced,
    serving,
    replaced,
  };
};

/** So many units may be replaced at the same time. */
const sideBySide = (units: number): number => Math.max(1, Math.floor(units / 10));

/** Computes how many of so many replacements may begin beside those under way. */
export const besideOthers = (
  { state }: Pick<HealthObservation, 'state'>,
  replacements: number,
): number => {
  if (state === undefined) return replacements;
  const { absent } = absentUnits(state);
  return absent === 0 ? replacements : replacements - absent;
};

/** Limits the replacements in a window: a group that replaces again and again needs a person. */
export const pace: Guard<'pace'> = (observation) => {
  const { perSeconds } = observation.group.health.pace;
  const recent = recentRemovals(observation).length;
  const most = mostRemovals(observation);
  if (recent < most) return undefined;

  const window = describeSeconds(perSeconds);
  const detail = `${recent} targets were taken out within ${window}, and the limit is ${most}`;
  return obstacle('pace', 'RemovalLimit', detail);
};

/** Computes how many more may leave now. */
export const paceLeft = (observation: HealthObservation): number =>
  Math.max(0, mostRemovals(observation) - recentRemovals(observation).length);

/** The removals that still count. */
export const recentRemovals = ({ group, head, now }: HealthObservation): readonly Instant[] =>
  head.removals.filter((at) => now - at < group.health.pace.perSeconds * SECOND_MS);

/** Computes how many targets may leave within one window. */
export const mostRemovals = (observation: HealthObservation): number => {
  const { targets, percent } = observation.group.health.pace;
  const most = Math.max(targets, Math.floor((fleetSize(observation) * percent) / 100));
  return Math.min(most, MOST_REMOVALS);
};

/** Each registration is a call or two, and the function must be done with all of a decision in 30 seconds. */
export const MOST_REGISTRATIONS = 100;

/** A head remembers each of them, and is one item. */
const MOST_REMOVALS = 5_000;
/** The same of those that are out and will be tried again. */
const MOST_PROBATIONS = 200;

/** Whoever could not be remembered would never be tried again: rather a person looks. */
export const probationLimit = (
  { head }: HealthObservation,
  removals: readonly Removal[],
): GuardObstacle | undefined => {
  const added = removals.filter(
    (removal) =>
      removal.probationSeconds !== undefined &&
      head.probations[keyOfRegistration(removal)] === undefined,
  ).length;
  const out = Object.keys(head.probations).length;
  if (added === 0 || out + added <= MOST_PROBATIONS) return undefined;

  const detail = `${out} targets are out to be tried again, and at most ${MOST_PROBATIONS} may be`;
  return obstacle('pace', 'RemovalLimit', detail);
};
