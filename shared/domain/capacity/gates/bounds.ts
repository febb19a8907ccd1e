import type { Reason } from '#domain/ledger/reason.ts';
import { type NarrowedBounds, narrowedBoundsOf, within } from '../narrowed-bounds.ts';
import { currentCapacity, type GroupObservation } from '../observation.ts';
import { type Gate, pass, type Verdict } from './gate.ts';

/** Keeps the capacity within its bounds, also when no rule fired or another gate held. */
export const bounds: Gate<'bounds'> = {
  stage: 'bounds',
  isGuard: false,
  isTimed: true,
  check: (capacity, observation) => {
    const limits = narrowedBoundsOf(observation);
    const allowed = within(limits, capacity);
    return allowed === capacity
      ? pass(`${capacity} is within ${limits.min} to ${limits.max}`)
      : bend({ capacity, allowed, limits, observation });
  },
};

type Bend = Readonly<{
  capacity: number;
  allowed: number;
  limits: NarrowedBounds;
  observation: GroupObservation;
}>;

const bend = ({ capacity, allowed, limits, observation }: Bend): Verdict => {
  const isAbove = capacity > limits.max;
  const limit = isAbove
    ? `the maximum of ${limits.max}${by(limits.maxBy)}`
    : `the minimum of ${limits.min}${by(limits.minBy)}`;

  return {
    kind: 'bend',
    capacity: allowed,
    reason: reasonFor(limits, currentCapacity(observation), isAbove),
    detail: `${capacity} is ${isAbove ? 'above' : 'below'} ${limit}`,
  };
};

const by = (rule: string | undefined): string => (rule === undefined ? '' : ` of ${rule}`);

/** A group outside its bounds is corrected; a recommendation beyond them is only cut short. */
const reasonFor = (limits: NarrowedBounds, current: number, isAbove: boolean): Reason => {
  const { min, max, override } = limits;
  if (override === 'pin') return 'Pinned';
  if (current > max) return 'AboveMaximum';
  if (current < min) return 'BelowMinimum';
  if (!isAbove) return 'AtMinimum';
  return override === 'cap' ? 'Capped' : 'AtMaximum';
};
