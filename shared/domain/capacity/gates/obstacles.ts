import { narrowedBoundsOf } from '../narrowed-bounds.ts';
import { currentCapacity } from '../observation.ts';
import { type Gate, pass } from './gate.ts';

/**
 * While an instance refresh, an update of the group's stack or a zonal shift is under way, instances
 * come and go by another hand. Adding is safe then; what would be taken is not known. A group below its minimum is
 * about to grow to it, whatever is wanted.
 */
export const obstacles: Gate<'obstacles'> = {
  stage: 'obstacles',
  isGuard: true,
  isTimed: false,
  check: (capacity, observation) => {
    const current = currentCapacity(observation);
    if (capacity >= current) return pass('only removals wait for others');

    const [first] = observation.obstacles ?? [];
    if (first === undefined) return pass('nothing else is under way in the group');
    return narrowedBoundsOf(observation).min > current
      ? pass('the group is below its minimum, and only grows')
      : { kind: 'stop', reason: first.reason, detail: first.detail };
  },
};
