import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { narrowedBoundsOf } from '../narrowed-bounds.ts';
import { currentCapacity, type GroupObservation } from '../observation.ts';
import { comingInstances } from '../stuck-instances.ts';
import { unitsInWarmUp, warmupSecondsOf } from '../units-in-warm-up.ts';
import { type Gate, pass } from './gate.ts';

/**
 * Counts units that warm up as if they never came: what a removal leaves without them is as much as was
 * asked for. So one instance of many that boots bends a removal by its own units, and holds up no other.
 */
export const warmUp: Gate<'warm-up'> = {
  stage: 'warm-up',
  isGuard: false,
  isTimed: false,
  check: (capacity, observation) => {
    const current = currentCapacity(observation);
    if (capacity >= current) return pass('warm-up only delays scale-in');

    const warming = unitsInWarmUp(observation);
    if (warming === 0) return pass('nothing is warming up');

    const { reason, detail } = describeWarmUp(observation, warming);
    // The bounds, which come later, may want more to stay; that too is to be in service.
    const left = Math.max(capacity, narrowedBoundsOf(observation).min) + warming;
    return left >= current
      ? { kind: 'hold', reason, detail }
      : { kind: 'bend', capacity: left, reason, detail: `${detail}, so ${left} stay` };
  },
};

const describeWarmUp = (observation: GroupObservation, warming: number) => {
  const { length } = comingInstances(observation);
  if (length > 0) {
    const noun = length === 1 ? 'instance is' : 'instances are';
    return { reason: 'InstancesPending', detail: `${length} ${noun} pending` } as const;
  }

  const lately = describeSeconds(warmupSecondsOf(observation));
  const detail = `${warming} units were added within the last ${lately}`;
  return { reason: 'InstancesWarmingUp', detail } as const;
};
