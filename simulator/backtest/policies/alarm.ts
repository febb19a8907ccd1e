import type { View } from '../policy.ts';
import { type Followed, perInstance } from './metric.ts';

/** An alarm of CloudWatch over the newest periods: `datapoints` of `periods` must breach. */
export type AlarmShape = Readonly<{ periods: number; datapoints: number }>;

/**
 * An alarm breaches while it is in ALARM, as far as the samples tell. A period without a datapoint counts as
 * missing, and breaches nothing.
 */
export const isBreaching = (
  { samples, visible }: View,
  { periods, datapoints }: AlarmShape,
  breaches: Readonly<{ followed: Followed; test: (value: number) => boolean }>,
): boolean => {
  if (visible < periods) return false;
  let count = 0;
  for (let index = visible - periods; index < visible; index += 1) {
    if (breaches.test(perInstance(samples, breaches.followed, index))) count += 1;
  }
  return count >= datapoints;
};
