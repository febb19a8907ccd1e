import type { Group } from '#domain/configuration/configuration.ts';
import { conditionOf, type Rule } from '#domain/configuration/rule.ts';
import { active, adjustmentsOf, canShrink, follows } from './directions.ts';
import type { Finding } from './finding.ts';
import { sourcesBehind } from './metrics-behind.ts';

const WAITING = 'ApproximateNumberOfMessagesVisible';
const IN_FLIGHT = 'ApproximateNumberOfMessagesNotVisible';

/** Messages that a worker has received are no longer visible: a queue looks empty while all work. */
export const findBusyWorkers = (group: Group): readonly Finding[] => {
  const rules = active(group).filter(
    (rule) =>
      shrinksWhenLow(rule) && goesBy(rule, group, WAITING) && !goesBy(rule, group, IN_FLIGHT),
  );
  return rules.map(({ name }) => ({
    code: 'ends-busy-workers',
    group: group.name,
    rules: [name],
    message: `${name} removes by the visible messages of a queue alone`,
    why: 'a message that a worker has received is in flight, not visible: when the last ones are being worked on the queue looks empty, and their workers are ended in the middle of them',
    example:
      'three workers on three long messages: 0 visible, 3 in flight, and the rule ends all three',
    fix: `let the rule that removes go by both: { expression: "visible + flying", uses: { visible: …, flying: { namespace: AWS/SQS, metric: ${IN_FLIGHT}, … } } }. Rules that add go by the visible ones`,
  }));
};

const goesBy = (rule: Rule, group: Group, metricName: string): boolean =>
  sourcesBehind(rule, group).some((metric) => metric.metricName === metricName);

/** A condition on a full queue that sets a capacity is meant to add. */
const shrinksWhenLow = (rule: Rule): boolean => {
  if (!canShrink(rule)) return false;
  if (follows(rule)) return true;
  const isAbove = conditionOf(rule)?.comparison.startsWith('>') ?? false;
  return !isAbove || adjustmentsOf(rule).some(({ kind }) => kind === 'remove');
};
