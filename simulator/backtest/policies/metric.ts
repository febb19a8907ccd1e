import type { Samples } from '../policy.ts';
import { at } from '../series.ts';

/** The metric that a policy follows: processors, which saturate, or requests in a second, which do not. */
export type Followed = 'cpu' | 'requests';

/** The metric as a mean over the instances that served in that very period; NaN where it has no value. */
export const perInstance = (samples: Samples, followed: Followed, index: number): number => {
  if (followed === 'cpu') return at(samples.cpu, index);
  const serving = at(samples.serving, index);
  return serving > 0 ? at(samples.requests, index) / samples.periodSeconds / serving : Number.NaN;
};

/** The metric as a total over all instances of that period: what the capacity is divided by. */
export const inTotal = (samples: Samples, followed: Followed, index: number): number =>
  followed === 'requests'
    ? at(samples.requests, index) / samples.periodSeconds
    : at(samples.cpu, index) * at(samples.serving, index);
