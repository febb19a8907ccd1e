import { ceil, exceeds } from '../adjust.ts';
import { currentCapacity, type GroupObservation } from '../observation.ts';
import type { Recommendation } from '../recommendation.ts';
import type { TrackRule } from '../rule.ts';
import { warmingUnits } from '../warming.ts';
import { describeValue, look } from './look.ts';
import { wants, withoutData } from './recommendations.ts';

/**
 * The arithmetic of the Horizontal Pod Autoscaler: `ceil(capacity * metric / target)`, or for a total
 * `ceil(metric / target)`, and no change within the tolerance
 * (https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#algorithm-details).
 * On the way out, units that warm up do not multiply: they bring the metric down as they arrive.
 */
export const recommendByTracking = (
  rule: TrackRule,
  observation: GroupObservation,
): Recommendation => {
  const { metric, target, onMissing } = rule;
  const sight = look(metric, observation, onMissing);
  if (sight.kind === 'missing') return withoutData(rule, sight.detail);

  const current = currentCapacity(observation);
  const per = rule.isTotal ? ' per unit' : '';
  const found = `${metric} is ${describeValue(sight.value)} for a target of ${target}${per}`;
  const ratio = ratioOf(rule, sight.value, current);
  const { scaleOut, scaleIn } = observation.group.behavior;

  if (current > 0 && !exceeds(ratio, 1 + scaleOut.tolerancePercent / 100)) {
    if (!exceeds(1 - scaleIn.tolerancePercent / 100, ratio)) {
      const detail = `${found}, which is within the tolerance`;
      return wants(rule, 'WithinTolerance', { capacity: current, detail });
    }
    const capacity = Math.min(current, wantedBy(rule, sight.value, current));
    return wants(rule, 'BelowTarget', { capacity, detail: `${found}, which needs ${capacity}` });
  }

  const warming = warmingUnits(observation);
  const serving = current === 0 ? 1 : current - warming;
  const wanted = wantedBy(rule, sight.value, serving);
  const aside = warming === 0 ? '' : ` with ${warming} warming up`;
  const detail = `${found}${aside}, which needs ${wanted}`;
  return wants(rule, 'TargetExceeded', { capacity: Math.max(current, wanted), detail });
};

/** How much of its target the metric is; without capacity the tolerance does not matter. */
const ratioOf = ({ target, isTotal }: TrackRule, value: number, current: number): number =>
  value / (isTotal ? target * current : target);

const wantedBy = ({ target, isTotal }: TrackRule, value: number, capacity: number): number =>
  Math.max(0, ceil(isTotal ? value / target : (capacity * value) / target));
