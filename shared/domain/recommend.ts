import type { GroupObservation } from './observation.ts';
import type { Recommendation } from './recommendation.ts';
import type { Rule } from './rule.ts';
import { recommendByExpression } from './rules/expression.ts';
import { recommendBySchedule } from './rules/schedule.ts';
import { recommendByStep } from './rules/step.ts';
import { recommendByThreshold } from './rules/threshold.ts';
import { recommendByTracking } from './rules/track.ts';

/** What a rule recommends for the group as it is observed now. */
export const recommend = (rule: Rule, observation: GroupObservation): Recommendation => ({
  ...recommendBy(rule, observation),
  ...(rule.isShadow ? { isShadow: true } : {}),
  ...(rule.ballot === undefined ? {} : { ballot: rule.ballot }),
});

const recommendBy = (rule: Rule, observation: GroupObservation): Recommendation => {
  switch (rule.kind) {
    case 'threshold':
      return recommendByThreshold(rule, observation);
    case 'step':
      return recommendByStep(rule, observation);
    case 'track':
      return recommendByTracking(rule, observation);
    case 'expression':
      return recommendByExpression(rule, observation);
    case 'schedule':
      return recommendBySchedule(rule, observation);
  }
};
