import { currentCapacity } from '../observation.ts';
import { type Gate, pass } from './gate.ts';

/** Nothing is removed while instances are still on their way: the load they will take is not seen. */
export const warmUp: Gate = {
  stage: 'warm-up',
  check: (capacity, observation) => {
    if (capacity >= currentCapacity(observation)) return pass('warm-up only delays scale-in');

    const pending = observation.state.instances.filter(({ lifecycleState }) =>
      lifecycleState.startsWith('Pending'),
    );
    if (pending.length === 0) return pass('no instance is pending');

    const noun = pending.length === 1 ? 'instance is' : 'instances are';
    return {
      kind: 'hold',
      reason: 'InstancesPending',
      detail: `${pending.length} ${noun} pending`,
    };
  },
};
