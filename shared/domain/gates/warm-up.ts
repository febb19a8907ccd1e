import { describeSeconds } from '../describe-seconds.ts';
import { currentCapacity } from '../observation.ts';
import { warmingUnits, warmupSecondsOf } from '../warming.ts';
import { type Gate, pass } from './gate.ts';

/** Nothing is removed while instances are still on their way: the load they will take is not seen. */
export const warmUp: Gate = {
  stage: 'warm-up',
  check: (capacity, observation) => {
    if (capacity >= currentCapacity(observation)) return pass('warm-up only delays scale-in');

    const pending = observation.state.instances.filter(({ lifecycleState }) =>
      lifecycleState.startsWith('Pending'),
    );
    if (pending.length > 0) {
      const noun = pending.length === 1 ? 'instance is' : 'instances are';
      const detail = `${pending.length} ${noun} pending`;
      return { kind: 'hold', reason: 'InstancesPending', detail };
    }

    const warming = warmingUnits(observation);
    if (warming === 0) return pass('nothing is warming up');
    const lately = describeSeconds(warmupSecondsOf(observation));
    const detail = `${warming} units were added within the last ${lately}`;
    return { kind: 'hold', reason: 'InstancesWarmingUp', detail };
  },
};
