import type { Group } from '#domain/configuration/configuration.ts';
import { compute } from '#domain/configuration/expression.ts';
import { needsInstances } from '#domain/configuration/metric-nature.ts';
import type { Adjustment, ExpressionRule, Rule } from '#domain/configuration/rule.ts';
import { active, adjustmentsOf, canGrow, namesOf } from './directions.ts';
import type { Finding } from './finding.ts';
import { sourcesBehind } from './metrics-behind.ts';
import { raises } from './one-way.ts';

/** Groups that may stand at 0, and that none of their rules leads away from there. */
export const findStuckAtZero = (group: Group): readonly Finding[] => {
  if (group.capacity.min !== 0) return [];
  const rules = active(group).filter(canGrow);
  const isRaised = active(group).some((rule) => raises(rule, 0));
  const seen = rules.map((rule) => obstacleAtZero(rule, group));
  const [first] = seen;
  const isStuck =
    !isRaised && first !== undefined && seen.every((obstacle) => obstacle !== undefined);

  return isStuck ? [findingOf(group, namesOf(rules), first)] : [];
};

type ZeroObstacle = Pick<Finding, 'message' | 'why' | 'example' | 'fix'>;

/** Finds why a rule makes nothing of 0 units; nothing when it may. */
const obstacleAtZero = (rule: Rule, group: Group): ZeroObstacle | undefined => {
  if (!hasOtherSight(rule) && sourcesBehind(rule, group).some(needsInstances)) {
    return blindAtZero(rule.name);
  }
  if (rule.kind === 'expression') return expressionAtZero(rule);
  if (rule.kind === 'track' || (rule.kind === 'step' && rule.atLeast > 0)) return undefined;
  return adjustmentsOf(rule).every(isNothingOfZero) ? shareOfNothing(rule.name) : undefined;
};

/** Without data the rule takes 0, or asks for a capacity of its own. */
const hasOtherSight = (rule: Rule): boolean =>
  'onMissing' in rule &&
  (rule.onMissing === 'zero' ||
    (typeof rule.onMissing === 'object' && 'fallback' in rule.onMissing));

const isNothingOfZero = (adjustment: Adjustment): boolean =>
  adjustment.kind === 'set'
    ? adjustment.capacity === 0
    : adjustment.kind === 'remove' || adjustment.unit === 'percent';

const shareOfNothing = (rule: string): ZeroObstacle => ({
  message: 'the group may stand at 0, and every rule that adds does so in percent',
  why: 'a share of nothing is nothing: once at 0 the group stays there',
  example: `at 0 units ${rule} makes 0`,
  fix: 'let one rule add whole units, or set capacity.min to 1',
});

const blindAtZero = (rule: string): ZeroObstacle => ({
  message: 'the group may stand at 0, and the rules that add go by metrics of its instances',
  why: 'without an instance there is no CPU, no request for each target and no answer: once at 0 the rules have no data, and the group stays there',
  example: `at 0 units ${rule} has no data and asks for nothing`,
  fix: 'let one rule add by a metric that exists without instances, such as the messages of a queue, or set capacity.min to 1',
});

/** Values that metrics may have. If none of them makes the expression ask for a unit, nothing will. */
const TRIED = [0.001, 0.5, 1, 10, 100, 1_000, 1_000_000];

const expressionAtZero = ({
  name,
  text,
  expression,
  metrics,
}: ExpressionRule): ZeroObstacle | undefined => {
  const results = TRIED.map((value) =>
    compute(expression, {
      ...Object.fromEntries(metrics.map((metric) => [metric, value])),
      capacity: 0,
    }),
  );
  if (results.some((result) => Number.isFinite(result) && result > 0)) return undefined;

  const isUndefined = results.some((result) => !Number.isFinite(result));
  return {
    message: `the group may stand at 0, and ${name} ${isUndefined ? 'divides by the capacity' : 'multiplies the capacity'}`,
    why: isUndefined
      ? 'a division by 0 counts as missing data: once at 0 the rule asks for nothing, and the group stays there'
      : 'any multiple of nothing is nothing: once at 0 the group stays there',
    example: `at 0 units "${text}" is ${isUndefined ? 'no number' : 'never more than 0'}`,
    fix: 'let the expression ask for a unit at 0, such as capacity == 0 ? 1 : …, or set capacity.min to 1',
  };
};

const findingOf = ({ name }: Group, rules: readonly string[], obstacle: ZeroObstacle): Finding => ({
  code: 'never-leaves-zero',
  group: name,
  rules,
  ...obstacle,
});
