import { currentCapacity, type GroupObservation } from '../observation.ts';
import { type Gate, pass, type Verdict } from './gate.ts';

/**
 * While an instance refresh, an update of the group's stack or a zonal shift is under way, instances
 * come and go by another hand. Adding is safe then; what would be taken is not known.
 */
export const obstacles: Gate = {
  stage: 'obstacles',
  check: (capacity, observation) => checkObstacles(capacity, observation),
};

/** Bounds ask as well: a group above its maximum waits, too. */
export const checkObstacles = (capacity: number, observation: GroupObservation): Verdict => {
  if (capacity >= currentCapacity(observation)) return pass('only removals wait for others');

  const [first] = observation.obstacles ?? [];
  return first === undefined
    ? pass('nothing else is under way in the group')
    : { kind: 'stop', reason: first.reason, detail: first.detail };
};
