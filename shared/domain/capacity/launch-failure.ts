import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { secondsBetween } from '#domain/time/instant.ts';
import { explainLaunchFailure } from './explain-launch-failure.ts';
import { missingSince, missingUnits } from './missing-units.ts';
import type { GroupObservation } from './observation.ts';

/** Longer than an instance takes to be launched at all; booting does not count. */
const PATIENCE_SECONDS = 600;

/** For how long units have been missing at every look; 0 while none is. */
export const missingSeconds = (observation: GroupObservation): number => {
  const since = missingSince(observation);
  return since === undefined ? 0 : secondsBetween(since, observation.now);
};

/**
 * True when units have been missing for so long that their launches have failed; the gate `roll-back` takes them back. While
 * the process Launch is suspended nothing is launched, which is no failure.
 */
export const haveLaunchesFailed = (observation: GroupObservation): boolean =>
  missingSeconds(observation) >= PATIENCE_SECONDS &&
  !observation.state.suspendedProcesses.includes('Launch');

/** Describes how many units are missing, and for how long. */
export const describeMissing = (observation: GroupObservation): string => {
  const { state } = observation;
  const count = `${missingUnits(state)} of ${state.capacityDesired} units`;
  return `${count} have been missing for ${describeSeconds(missingSeconds(observation))}`;
};

/** The same with its cause, as far as the activities tell. */
export const launchFailure = (observation: GroupObservation): string => {
  const cause = explainLaunchFailure(observation.activities);
  const why = cause === undefined ? '' : ` (${cause})`;
  return `${describeMissing(observation)}: launches fail${why}`;
};
