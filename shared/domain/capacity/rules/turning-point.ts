import type { Adjustment } from '#domain/configuration/rule-parts.ts';

/** A turn is the value of a metric at which a rule begins to ask for an adjustment. */
export type Turn = Readonly<{
  rule: string;
  metric: string;
  /** The rule acts from here upwards, or downwards. */
  side: 'above' | 'below';
  bound: number;
  adjustment: Adjustment;
  atLeast: number;
}>;
