import { currentCapacity } from '../observation.ts';
import { type Gate, pass } from './gate.ts';

/**
 * While an instance refresh, an update of the group's stack or a zonal shift is under way, instances
 * come and go by another hand. Adding is safe then; what would be taken is not known.
 */
export const obstacles: Gate<'obstacles'> = {
  stage: 'obstacles',
  check: (capacity, observation) => {
    if (capacity >= currentCapacity(observation)) return pass('only removals wait for others');

    const [first] = observation.obstacles ?? [];
    return first === undefined
      ? pass('nothing else is under way in the group')
      : { kind: 'stop', reason: first.reason, detail: first.detail };
  },
};
