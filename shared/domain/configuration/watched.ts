import { alarmsOf, factsOf, type Rule } from './rule.ts';
import type { Condition } from './rule-parts.ts';

/** The condition that is held against its metric at each look; none of a rule with an alarm in CloudWatch. */
export const watchedConditionOf = (rule: Rule): Condition | undefined => {
  const { alarm } = factsOf(rule);
  return alarm?.kind === 'watched' ? alarm.condition : undefined;
};

/** Says whether a rule waits for an alarm of CloudWatch, and so need not be looked at until it fires. */
export const waitsForAlarm = (rule: Rule): boolean => alarmsOf([rule]).length > 0;
