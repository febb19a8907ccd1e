import type { Adjustment } from './rule-parts.ts';

/** An adjustment in the operator's words. */
export const describeAdjustment = (adjustment: Adjustment): string =>
  adjustment.kind === 'set'
    ? `set ${adjustment.capacity}`
    : `${adjustment.kind} ${adjustment.amount}${adjustment.unit === 'percent' ? '%' : ''}`;
