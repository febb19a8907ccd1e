import { kindOf } from '#domain/capacity/rules/rules.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { needsInstances } from '#domain/configuration/metric-nature.ts';
import type { Rule } from '#domain/configuration/rule.ts';
import { active, canGrow, namesOf } from './directions.ts';
import type { Finding } from './finding.ts';
import { sourcesBehind } from './metrics-behind.ts';
import { raises } from './one-way.ts';

/** Groups that may stand at 0, and that none of their rules leads away from there; rules that have no value there. */
export const findStuckAtZero = (group: Group): readonly Finding[] => {
  if (group.capacity.min !== 0) return [];
  const rules = active(group).filter(canGrow);
  const isRaised = active(group).some((rule) => raises(rule, 0));
  const seen = rules.map((rule) => obstacleAtZero(rule, group));
  const [first] = seen;
  const isStuck =
    !isRaised && first !== undefined && seen.every((obstacle) => obstacle !== undefined);

  return isStuck
    ? [findingOf(group, namesOf(rules), first)]
    : rules.flatMap((rule) => blindRule(rule, group));
};

type ZeroObstacle = Pick<Finding, 'message' | 'why' | 'example' | 'fix'>;

/** Finds why a rule makes nothing of 0 units; nothing when it may. */
const obstacleAtZero = (rule: Rule, group: Group): ZeroObstacle | undefined => {
  if (!hasOtherSight(rule) && sourcesBehind(rule, group).some(needsInstances)) {
    return blindAtZero(rule.name);
  }
  return obstacleInText(rule);
};

/** Without data the rule takes 0, or asks for a capacity of its own. */
const hasOtherSight = (rule: Rule): boolean =>
  'onMissing' in rule &&
  (rule.onMissing === 'zero' ||
    (typeof rule.onMissing === 'object' && 'fallback' in rule.onMissing));

const blindAtZero = (rule: string): ZeroObstacle => ({
  message: 'the group may stand at 0, and the rules that add go by metrics of its instances',
  why: 'without an instance there is no CPU, no request for each target and no answer: once at 0 the rules have no data, and the group stays there',
  example: `at 0 units ${rule} has no data and asks for nothing`,
  fix: 'let one rule add by a metric that exists without instances, such as the messages of a queue, or set capacity.min to 1',
});

const FIX =
  'let the expression ask for a unit at 0, such as capacity == 0 ? 1 : …, or set capacity.min to 1';

/** Finds why the text of a rule makes nothing of 0 units, whatever its metrics say; nothing when it may. */
const obstacleInText = (rule: Rule): ZeroObstacle | undefined => {
  const fromZero = kindOf(rule).fromZero(rule);
  switch (fromZero.makes) {
    case 'able':
      return undefined;
    case 'share-of-nothing':
      return {
        message: 'the group may stand at 0, and every rule that adds does so in percent',
        why: 'a share of nothing is nothing: once at 0 the group stays there',
        example: `at 0 units ${rule.name} makes 0`,
        fix: 'let one rule add whole units, or set capacity.min to 1',
      };
    case 'division-by-zero':
      return {
        message: `the group may stand at 0, and ${rule.name} divides by the capacity`,
        why: 'a division by 0 counts as missing data: once at 0 the rule asks for nothing, and the group stays there',
        example: `at 0 units "${fromZero.formula}" is no number`,
        fix: FIX,
      };
    case 'multiple-of-zero':
      return {
        message: `the group may stand at 0, and ${rule.name} multiplies the capacity`,
        why: 'any multiple of nothing is nothing: once at 0 the group stays there',
        example: `at 0 units "${fromZero.formula}" is never more than 0`,
        fix: FIX,
      };
  }
};

/** A rule that others lead away from 0, and that has no value until they have. */
const blindRule = (rule: Rule, { name }: Group): readonly Finding[] => {
  const fromZero = kindOf(rule).fromZero(rule);
  if (fromZero.makes !== 'division-by-zero') return [];
  return [
    {
      code: 'no-value-at-zero',
      group: name,
      rules: [rule.name],
      message: `the group may stand at 0, and ${rule.name} has no value there: it divides by the capacity`,
      why: 'a division by 0 counts as missing data: until another rule has added a unit, the rule asks for nothing, and by onMissing it may hold back what others ask for',
      example: `at 0 units "${fromZero.formula}" is no number`,
      fix: FIX,
    },
  ];
};

const findingOf = ({ name }: Group, rules: readonly string[], obstacle: ZeroObstacle): Finding => ({
  code: 'never-leaves-zero',
  group: name,
  rules,
  ...obstacle,
});
