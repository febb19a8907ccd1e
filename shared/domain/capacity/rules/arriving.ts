import { currentCapacity, type GroupObservation } from '../observation.ts';
import type { Recommendation } from '../recommendation.ts';
import { arrivingValue, newestValue, type Sight, type WatchingRule } from './newest-value.ts';

/** Tells a rule the value of a metric. */
export type See = (metric: string) => Sight;

/**
 * Recommends on whole values, and once more on what has arrived of younger ones: a lower bound of a metric that
 * only grows while its data arrive. The larger recommendation stands. So a lower bound adds units minutes sooner,
 * or forbids to remove some, and never removes any.
 */
export const recommendSooner = (
  rule: WatchingRule,
  observation: GroupObservation,
  recommendOn: (see: See) => Recommendation,
): Recommendation => {
  const onWhole = recommendOn((metric) => newestValue(metric, observation, rule.onMissing));
  if (!rule.watched.some((metric) => arrivingValue(metric, observation, rule) !== undefined)) {
    return onWhole;
  }
  const onArriving = recommendOn(
    (metric) =>
      arrivingValue(metric, observation, rule) ?? newestValue(metric, observation, rule.onMissing),
  );
  return larger(onWhole, onArriving, currentCapacity(observation));
};

/** Of a recommendation on whole values and one on lower bounds, the larger; no opinion counts as staying. */
export const larger = (
  onWhole: Recommendation,
  onArriving: Recommendation,
  current: number,
): Recommendation =>
  onWhole.kind !== 'fails' && capacityOf(onArriving, current) > capacityOf(onWhole, current)
    ? onArriving
    : onWhole;

const capacityOf = (recommendation: Recommendation, current: number): number =>
  recommendation.kind === 'recommends' ? recommendation.capacity : current;
