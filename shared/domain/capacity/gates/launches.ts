import {
  describeMissing,
  haveLaunchesFailed,
  launchFailure,
  missingSeconds,
} from '../launch-failure.ts';
import { currentCapacity } from '../observation.ts';
import { type Gate, pass } from './gate.ts';

/**
 * A group whose launches fail gets no larger by wanting more. Without this a breach would take the
 * desired capacity up to its maximum, and all of it would come at once when launches succeed again.
 */
export const launches: Gate<'launches'> = {
  stage: 'launches',
  isGuard: false,
  isTimed: false,
  check: (capacity, observation) => {
    if (capacity <= currentCapacity(observation)) return pass('only additions need launches');
    if (haveLaunchesFailed(observation)) {
      return { kind: 'hold', reason: 'LaunchesFailing', detail: launchFailure(observation) };
    }

    const isWhole = missingSeconds(observation) === 0;
    return pass(
      isWhole ? 'all that was wanted is there or on its way' : describeMissing(observation),
    );
  },
};
