import type { Adjustment } from './configuration.ts';

/**
 * The capacity that an adjustment asks for, before any bounds. Percentages are of the current
 * capacity and round as AWS step scaling does: up to one unit when below one, else towards zero
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html).
 */
export const adjust = (adjustment: Adjustment, capacity: number): number => {
  switch (adjustment.kind) {
    case 'add':
      return capacity + units(adjustment, capacity);
    case 'remove':
      return Math.max(0, capacity - units(adjustment, capacity));
    case 'set':
      return adjustment.capacity;
  }
};

/** The adjustment in the operator's words. */
export const describeAdjustment = (adjustment: Adjustment): string =>
  adjustment.kind === 'set'
    ? `set ${adjustment.capacity}`
    : `${adjustment.kind} ${adjustment.amount}${adjustment.unit === 'percent' ? '%' : ''}`;

const units = (
  { amount, unit }: Extract<Adjustment, { amount: number }>,
  capacity: number,
): number => {
  if (unit === 'capacity') return amount;

  const exact = (capacity * amount) / 100;
  return exact === 0 ? 0 : Math.max(1, Math.floor(exact + EPSILON));
};

/** Keeps 100 × 1.1 = 110.00000000000001 and its kin from moving a floor or a ceiling. */
const EPSILON = 1e-9;
