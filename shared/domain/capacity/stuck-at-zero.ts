import type { Proposal } from './combine.ts';
import { narrowedBoundsOf } from './narrowed-bounds.ts';
import { currentCapacity, type GroupObservation } from './observation.ts';
import type { Recommendation } from './recommendation.ts';
import { kindOf } from './rules/rules.ts';

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
  const verdicts = rules.map((rule) => kindOf(rule).atZero(rule, observation));
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
