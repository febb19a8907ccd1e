import { adjust, describeAdjustment } from '../adjust.ts';
import { currentCapacity, type GroupObservation } from '../observation.ts';
import type { Adjustment } from '../rule.ts';
import { warmingUnits } from '../warming.ts';

export type Wish = Readonly<{ capacity: number; detail: string }>;

/**
 * What an adjustment makes of the group. On the way out it starts from the capacity without what is
 * warming up, and its result is held against all of it, so that a breach which lasts while instances
 * boot does not add twice
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html).
 */
export const wishFor = (
  adjustment: Adjustment,
  observation: GroupObservation,
  atLeast = 0,
): Wish => {
  const current = currentCapacity(observation);
  const warming = adjustment.kind === 'add' ? warmingUnits(observation) : 0;
  const basis = current - warming;
  const capacity = adjust(adjustment, basis, atLeast);
  const wish = describe(adjustment, basis, capacity);
  if (warming === 0) return { capacity, detail: wish };

  const without = `${warming} of ${current} warming up, ${wish}`;
  return capacity > current
    ? { capacity, detail: without }
    : { capacity: current, detail: `${without}: nothing to add` };
};

/** `add 2 to 4 makes 6`, `remove 1 from 4 makes 3`, `set 4`. */
const describe = (adjustment: Adjustment, basis: number, capacity: number): string => {
  const what = describeAdjustment(adjustment);
  if (adjustment.kind === 'set') return what;
  return `${what} ${adjustment.kind === 'add' ? 'to' : 'from'} ${basis} makes ${capacity}`;
};
