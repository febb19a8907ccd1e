import { haveLaunchesFailed, launchFailure } from '../launch-failure.ts';
import { presentUnits } from '../missing-units.ts';
import { currentCapacity } from '../observation.ts';
import { type Gate, pass } from './gate.ts';

/**
 * A desired capacity that no launch can fill is taken back to what is there and one unit more: AWS goes
 * on trying with that one, and when launches succeed again the fleet grows as its rules say, not all at
 * once. Nothing that is there leaves.
 */
export const rollBack: Gate = {
  stage: 'roll-back',
  check: (capacity, observation) => {
    if (!haveLaunchesFailed(observation))
      return pass('launches succeed, as far as they are wanted');

    const enough = presentUnits(observation.state) + 1;
    return capacity <= enough || capacity < currentCapacity(observation)
      ? pass(`${enough} are there or being tried`)
      : {
          ...{ kind: 'bend', capacity: enough, reason: 'RolledBack' },
          detail: launchFailure(observation),
        };
  },
};
