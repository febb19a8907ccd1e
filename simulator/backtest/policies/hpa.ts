import type { MetricTiming } from '../conditions.ts';
import type { Decide, Policy, View } from '../policy.ts';
import { at } from '../series.ts';
import { ceil } from './arithmetic.ts';
import { type Followed, inTotal } from './metric.ts';

export type Hpa = Readonly<{
  followed: Followed;
  target: number;
  /** No change within this share of the target. */
  tolerance: number;
  /** Stabilisation on the way in, in seconds. */
  downSeconds: number;
  metrics?: MetricTiming;
}>;

const EVERY_SYNC = [0, 15, 30, 45];
const SYNC_SECONDS = 15;

/**
 * The Horizontal Pod Autoscaler with its defaults of behaviour: a look every 15 seconds; on the way in the largest
 * recommendation of the window, on the way out at most the double or four more in 15 seconds. Of processors the
 * pods of the metric's own period are reckoned with, of requests the total is divided (AverageValue)
 * (https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/).
 */
export const hpa = (settings: Hpa): Policy => ({
  name: `HPA, ${settings.followed}`,
  ...(settings.metrics === undefined ? {} : { metrics: settings.metrics }),
  looks: EVERY_SYNC,
  start: () => decideBy(settings),
});

const decideBy = (settings: Hpa): Decide => {
  const window = Math.max(1, Math.ceil(settings.downSeconds / SYNC_SECONDS) + 1);
  const recommendations = new Int32Array(window);
  let looks = 0;
  let [fromBefore, raisedAt] = [0, Number.NEGATIVE_INFINITY];

  return (view) => {
    const { desired, now } = view;
    // The capacity at the first look counts as what was recommended all along.
    if (looks === 0) recommendations.fill(desired);
    const wanted = recommendedBy(settings, view);
    recommendations[looks % window] = wanted;
    looks += 1;
    if (wanted <= desired) return Math.min(desired, largestOfAll(recommendations));

    const begin = now - raisedAt < SYNC_SECONDS ? fromBefore : desired;
    const most = Math.max(begin * 2, begin + 4);
    const next = Math.max(desired, Math.min(wanted, most));
    if (next > desired) [fromBefore, raisedAt] = [begin, now];
    return next;
  };
};

const recommendedBy = (
  { followed, target, tolerance }: Hpa,
  { desired, samples, visible }: View,
): number => {
  const total = inTotal(samples, followed, visible - 1);
  const pods = followed === 'requests' ? desired : at(samples.serving, visible - 1);
  if (Number.isNaN(total) || pods === 0) return desired;
  const ratio = total / (target * pods);
  return Math.abs(1 - ratio) <= tolerance + 1e-9 ? desired : ceil(total / target);
};

const largestOfAll = (values: Int32Array): number => {
  let largest = 0;
  for (const value of values) if (value > largest) largest = value;
  return largest;
};
