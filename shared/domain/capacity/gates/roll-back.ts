import { haveLaunchesFailed, launchFailure } from '../launch-failure.ts';
import { presentUnits } from '../missing-units.ts';
import { currentCapacity } from '../observation.ts';
import { type Gate, pass } from './gate.ts';
import { objectionTo } from './guards.ts';

/**
 * A desired capacity that no launch can fill is taken back to what is there and one unit more: AWS goes
 * on trying with that one, and when launches succeed again the fleet grows as its rules say, not all at
 * once. Nothing that is there leaves. While a guard forbids it (the floor of an instance refresh is a share
 * of the desired capacity) people are told all the same.
 */
export const rollBack: Gate<'roll-back'> = {
  stage: 'roll-back',
  isGuard: false,
  isTimed: false,
  check: (capacity, observation) => {
    if (!haveLaunchesFailed(observation))
      return pass('launches succeed, as far as they are wanted');

    const enough = presentUnits(observation.state) + 1;
    if (capacity <= enough || capacity < currentCapacity(observation)) {
      return pass(`${enough} are there or being tried`);
    }

    const failure = launchFailure(observation);
    const objection = objectionTo(enough, observation);
    if (objection === undefined) {
      return { kind: 'bend', capacity: enough, reason: 'RolledBack', detail: failure };
    }
    const detail = `${failure}; nothing is taken back meanwhile, because ${objection.detail}`;
    return { kind: 'hold', reason: 'LaunchesFailing', detail };
  },
};
