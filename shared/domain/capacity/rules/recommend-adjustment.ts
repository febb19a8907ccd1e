import { adjust } from '#domain/configuration/adjust.ts';
import { describeAdjustment } from '#domain/configuration/describe-adjustment.ts';
import type { Adjustment } from '#domain/configuration/rule-parts.ts';
import { currentCapacity, type GroupObservation } from '../observation.ts';
import { reckonedCapacity } from '../reckoned-capacity.ts';
import { unitsInWarmUp } from '../units-in-warm-up.ts';

/** A recommended capacity, and the words for it. */
export type Adjusted = Readonly<{ capacity: number; detail: string }>;

/**
 * Recommends a capacity by an adjustment. On the way out it starts from the capacity without what is
 * warming up, and its result is held against all of it, so that a breach which lasts while instances
 * boot does not add twice. With weights both directions start from what is there
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html).
 */
export const recommendAdjustment = (
  adjustment: Adjustment,
  observation: GroupObservation,
  atLeast = 0,
): Adjusted => {
  const current = currentCapacity(observation);
  const warming = adjustment.kind === 'add' ? unitsInWarmUp(observation) : 0;
  const there = reckonedCapacity(observation);
  const basis = there - warming;
  const capacity = adjust(adjustment, basis, atLeast);
  const words = describe(adjustment, basis, capacity);
  if (adjustment.kind === 'remove' && capacity > current) {
    const detail = `${there} are there for ${current}, ${words}: nothing to remove`;
    return { capacity: current, detail };
  }
  if (warming === 0) return { capacity, detail: words };

  const without = `${warming} of ${there} warming up, ${words}`;
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
