import type { Adjustment } from './rule-parts.ts';

/**
 * The capacity that an adjustment asks for, before any bounds. Percentages are of the given capacity
 * and round as AWS step scaling does: up to one unit when below one, else towards zero; `atLeast` is
 * its MinAdjustmentMagnitude
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html).
 */
export const adjust = (adjustment: Adjustment, capacity: number, atLeast = 0): number => {
  switch (adjustment.kind) {
    case 'add':
      return capacity + units(adjustment, capacity, atLeast);
    case 'remove':
      return Math.max(0, capacity - units(adjustment, capacity, atLeast));
    case 'set':
      return adjustment.capacity;
  }
};

const units = (
  { amount, unit }: Extract<Adjustment, { amount: number }>,
  capacity: number,
  atLeast: number,
): number => {
  if (unit === 'capacity') return amount;

  const exact = (capacity * amount) / 100;
  return Math.max(atLeast, exact === 0 ? 0 : Math.max(1, floor(exact)));
};

/** Keeps 100 × 1.1 = 110.00000000000001 and its kin from moving a floor or a ceiling. */
const EPSILON = 1e-9;

/** The largest whole number that is not above, but for the noise of floating point. */
export const floor = (value: number): number => Math.floor(value + EPSILON);

/** The smallest whole number that is not below, but for the noise of floating point. */
export const ceil = (value: number): number => Math.ceil(value - EPSILON);

/** True when one number is larger than another by more than the noise of floating point. */
export const exceeds = (value: number, limit: number): boolean => value > limit + EPSILON;
