import type { Decide, Policy } from '../policy.ts';
import { ceil } from './arithmetic.ts';
import { type Followed, inTotal } from './metric.ts';

export type InstanceGroup = Readonly<{
  followed: Followed;
  target: number;
  /** Scale-in controls: no more than this share is removed within ten minutes; all of it when absent. */
  mostRemovedShare?: number;
}>;

const STABILISATION_MINUTES = 10;

/**
 * The autoscaler of Google's managed instance groups: out to what the newest value needs, in to the largest need of
 * the last ten minutes, and with scale-in controls no further below the largest recommended size of that time
 * than they allow (https://cloud.google.com/compute/docs/autoscaler/understanding-autoscaler-decisions).
 */
export const instanceGroup = (settings: InstanceGroup): Policy => ({
  name: `managed instance group, ${settings.followed}`,
  looks: [0],
  start: () => decideBy(settings),
});

const decideBy = ({ followed, target, mostRemovedShare = 1 }: InstanceGroup): Decide => {
  const needs = new Int32Array(STABILISATION_MINUTES);
  const sizes = new Int32Array(STABILISATION_MINUTES);
  let looks = 0;

  return ({ desired, samples, visible }) => {
    if (looks === 0) {
      needs.fill(desired);
      sizes.fill(desired);
    }
    const total = inTotal(samples, followed, visible - 1);
    const need = Number.isNaN(total) ? desired : ceil(total / target);
    needs[looks % STABILISATION_MINUTES] = need;
    const largest = Math.max(...sizes);
    const floor = ceil(largest * (1 - mostRemovedShare));
    const next = need > desired ? need : Math.min(desired, Math.max(floor, ...needs));
    sizes[looks % STABILISATION_MINUTES] = next;
    looks += 1;
    return next;
  };
};
