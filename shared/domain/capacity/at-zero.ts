import type { Metric } from '#domain/configuration/metric.ts';
import { needsInstances } from '#domain/configuration/metric-nature.ts';
import { metricsOf, type Rule } from '#domain/configuration/rule.ts';
import { narrowedBoundsOf } from './bounds.ts';
import type { Proposal } from './combine.ts';
import { currentCapacity, type GroupObservation } from './observation.ts';
import type { Recommendation } from './recommendation.ts';

/**
 * A group that stands at 0 and that none of its rules can lead out: they follow what does not exist
 * without instances, or add a share of nothing. Nothing is wrong with a look, and no look will ever say
 * anything else, so a person is told.
 */
export const proposalAtZero = (
  observation: GroupObservation,
  recommendations: readonly Recommendation[],
): Proposal | undefined => {
  if (currentCapacity(observation) > 0 || narrowedBoundsOf(observation).max === 0) return undefined;
  if (recommendations.some((each) => !each.isShadow && asksForMore(each))) return undefined;

  const rules = observation.group.rules.filter(({ isShadow }) => !isShadow);
  const verdicts = rules.map((rule) => whyNeverMore(rule, observation));
  if (verdicts.includes('able')) return undefined;

  const reasons = rules.flatMap(({ name }, index) => {
    const why = verdicts[index];
    return why === undefined ? [] : [`${name} ${why}`];
  });
  if (reasons.length === 0) return undefined;
  return {
    capacity: 0,
    reason: 'StuckAtZero',
    detail: `no rule can lead it out of 0: ${reasons.join(', ')}. Set capacity.min to 1, give a rule "onMissing: fallback 1", or follow a metric that exists without instances, such as the backlog of a queue`,
  };
};

const asksForMore = (each: Recommendation): boolean =>
  each.kind === 'fails' || (each.kind === 'recommends' && each.capacity > 0);

/** Says that a rule may ask for more, why it never does, or nothing when it never means to. */
const whyNeverMore = (rule: Rule, observation: GroupObservation): string | undefined => {
  switch (rule.kind) {
    case 'threshold':
      return whyNoAddition(rule, observation);
    case 'schedule':
      return (rule.min ?? 0) > 0 || (rule.capacity ?? 0) > 0 ? 'able' : undefined;
    case 'step':
      return ofMetrics(rule, observation) ?? whyNoStep(rule);
    case 'track':
      return ofMetrics(rule, observation) ?? 'able';
    case 'expression':
      return ofMetrics(rule, observation) ?? 'able';
  }
};

const whyNoAddition = (
  { alarm, adjustment }: Extract<Rule, { kind: 'threshold' }>,
  { group }: GroupObservation,
): string | undefined => {
  if (adjustment.kind === 'remove') return undefined;
  if (adjustment.kind === 'set') return adjustment.capacity > 0 ? 'able' : undefined;
  if (adjustment.unit === 'percent') return 'adds a share of nothing';
  if (alarm.kind === 'existing') return 'able';

  const { metric } = alarm.condition;
  return isOfInstances(group.metrics[metric]) ? followsNothing(metric) : 'able';
};

const whyNoStep = ({ bands, atLeast }: Extract<Rule, { kind: 'step' }>): string | undefined => {
  const additions = bands.filter(({ adjustment }) => adjustment.kind !== 'remove');
  const isShare = additions.every(
    ({ adjustment }) => 'unit' in adjustment && adjustment.unit === 'percent' && atLeast === 0,
  );
  if (additions.length === 0) return undefined;
  return isShare ? 'adds a share of nothing' : 'able';
};

const ofMetrics = (rule: Rule, { group, readings }: GroupObservation): string | undefined => {
  const missing = metricsOf(rule).find(
    (name) => readings[name] === undefined && isOfInstances(group.metrics[name]),
  );
  return missing === undefined ? undefined : followsNothing(missing);
};

const followsNothing = (metric: string): string =>
  `follows ${metric}, which does not exist without instances`;

/** Metric math has no value when any of its metrics has none, unless it fills what is missing. */
const isOfInstances = (metric: Metric | undefined): boolean => {
  if (metric === undefined) return false;
  if (metric.kind === 'stat') return needsInstances(metric);
  if (metric.kind === 'query') return /\bFROM\b[^']*\b(?:AWS\/EC2|CWAgent)\b/i.test(metric.query);
  return (
    Object.values(metric.uses).some((each) => needsInstances(each)) &&
    !/\bFILL\s*\(/i.test(metric.expression)
  );
};
