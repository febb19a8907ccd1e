import { describeSeconds } from '../describe-seconds.ts';
import { secondsBetween } from '../instant.ts';
import { missingSince, missingUnits } from '../missing-units.ts';
import { currentCapacity } from '../observation.ts';
import { type Gate, pass } from './gate.ts';

/** Longer than an instance takes to be launched at all; booting does not count. */
const PATIENCE_SECONDS = 600;

/**
 * A group whose launches fail gets no larger by wanting more. Without this a breach would take the
 * desired capacity up to its maximum, and all of it would come at once when launches succeed again.
 */
export const launches: Gate = {
  stage: 'launches',
  check: (capacity, observation) => {
    const since = missingSince(observation);
    if (capacity <= currentCapacity(observation)) return pass('only additions need launches');
    if (since === undefined) return pass('all that was wanted is there or on its way');

    const seconds = secondsBetween(since, observation.now);
    const missing = `${missingUnits(observation.state)} of ${observation.state.capacityDesired} units`;
    const detail = `${missing} have been missing for ${describeSeconds(seconds)}`;
    return seconds < PATIENCE_SECONDS
      ? pass(detail)
      : { kind: 'hold', reason: 'LaunchesFailing', detail: `${detail}: launches fail` };
  },
};
