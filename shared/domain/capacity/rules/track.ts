import { ceil, exceeds } from '#domain/configuration/adjust.ts';
import { factsOf, type TrackRule } from '#domain/configuration/rule.ts';
import { currentCapacity, type GroupObservation } from '../observation.ts';
import { reckonedCapacity } from '../reckoned-capacity.ts';
import type { Recommendation } from '../recommendation.ts';
import { stuckUnits } from '../stuck-instances.ts';
import { unitsInWarmUp } from '../units-in-warm-up.ts';
import { recommendSooner } from './arriving.ts';
import { followsNothing } from './at-zero.ts';
import { describeSight, type Sight } from './newest-value.ts';
import { wants } from './recommendations.ts';
import type { RuleKind } from './rule-kind.ts';
import { withoutData } from './without-data.ts';

/**
 * The arithmetic of the Horizontal Pod Autoscaler: `ceil(capacity * metric / target)`, or for a total
 * `ceil(metric / target)`, and no change within the tolerance
 * (https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#algorithm-details).
 * On the way out, units that warm up count as 0: they do not multiply, and bring the metric down as they
 * arrive, perhaps to within the tolerance
 * (https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/podautoscaler/replica_calculator.go).
 * Units that are stuck neither take load nor will: they come on top of what is needed.
 */
const recommendByTracking = (rule: TrackRule, observation: GroupObservation): Recommendation =>
  recommendSooner({ ...rule, watched: [rule.metric] }, observation, (see) =>
    recommendOn(rule, observation, see(rule.metric)),
  );

const recommendOn = (
  rule: TrackRule,
  observation: GroupObservation,
  sight: Sight,
): Recommendation => {
  const { metric, target } = rule;
  if (sight.kind === 'missing') return withoutData(rule, sight.detail);

  const there = reckonedCapacity(observation);
  const per = rule.isTotal ? ' per unit' : '';
  const found = `${metric} is ${describeSight(sight)} for a target of ${target}${per}`;
  const scene: Scene = {
    rule,
    observation,
    value: sight.value,
    found,
    there,
    current: currentCapacity(observation),
    stuck: Math.min(there, stuckUnits(observation)),
    ratio: ratioOf(rule, sight.value, there),
  };
  const { scaleOut, scaleIn } = observation.group.behavior;

  if (scene.current === 0 || exceeds(scene.ratio, 1 + scaleOut.tolerancePercent / 100)) {
    return goOut(scene);
  }
  return exceeds(1 - scaleIn.tolerancePercent / 100, scene.ratio)
    ? goIn(scene)
    : stay(scene, `${found}, which is within the tolerance`);
};

type Scene = Readonly<{
  rule: TrackRule;
  observation: GroupObservation;
  value: number;
  /** The metric and its target, in words. */
  found: string;
  current: number;
  /** The units to reckon from; with weights perhaps more than the current capacity. */
  there: number;
  stuck: number;
  /** The metric as a share of its target. */
  ratio: number;
}>;

const stay = ({ rule, current }: Scene, detail: string): Recommendation =>
  wants(rule, 'WithinTolerance', { capacity: current, detail });

const goIn = ({ rule, value, found, current, there, stuck }: Scene): Recommendation => {
  const capacity = Math.min(current, wantedBy(rule, value, there - stuck) + stuck);
  return wants(rule, 'BelowTarget', { capacity, detail: `${found}, which needs ${capacity}` });
};

const goOut = (scene: Scene): Recommendation => {
  const { rule, observation, value, current, there, stuck, ratio } = scene;
  const warming = unitsInWarmUp(observation);
  const serving = current === 0 ? 1 : Math.max(0, there - stuck - warming);
  const wanted = wantedBy(rule, value, serving) + stuck;
  const found = warming === 0 ? scene.found : `${scene.found} with ${warming} warming up`;

  if (warming > 0 && !rule.isTotal && wanted > current) {
    const afterwards = (ratio * serving) / (there - stuck);
    const { tolerancePercent } = observation.group.behavior.scaleOut;
    if (!exceeds(afterwards, 1 + tolerancePercent / 100)) {
      return stay(scene, `${found}, which is within the tolerance once they serve`);
    }
  }
  const capacity = Math.max(current, wanted);
  return wants(rule, 'TargetExceeded', { capacity, detail: `${found}, which needs ${wanted}` });
};

/** Divides the metric by its target; without capacity the tolerance does not matter. */
const ratioOf = ({ target, isTotal }: TrackRule, value: number, current: number): number =>
  value / (isTotal ? target * current : target);

const wantedBy = ({ target, isTotal }: TrackRule, value: number, capacity: number): number =>
  Math.max(0, ceil(isTotal ? value / target : (capacity * value) / target));

/** Keeps a metric at its target. */
export const track: RuleKind<TrackRule> = {
  recommend: recommendByTracking,
  atZero: (rule, observation) => followsNothing(rule, observation) ?? 'able',
  fromZero: () => ({ makes: 'able' }),
  turns: () => [],
  marks: (rule) => {
    const { target } = factsOf(rule);
    return target === undefined
      ? []
      : [{ ...target, label: `${rule.name}: target ${target.value}` }];
  },
  describe: ({ metric, target, isTotal }) =>
    `keep ${metric} at ${target}${isTotal ? ' per unit' : ''}`,
};
