import { ceil } from '#domain/configuration/adjust.ts';
import { compute } from '#domain/configuration/expression.ts';
import { courseOf } from '#domain/configuration/expression-course.ts';
import { isGrowing } from '#domain/configuration/growing-metric.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import type { ExpressionRule } from '#domain/configuration/rule.ts';
import { currentCapacity, type GroupObservation } from '../observation.ts';
import type { Recommendation } from '../recommendation.ts';
import { recommendSooner, type See } from './arriving.ts';
import { followsNothing } from './at-zero.ts';
import { describeSight, describeValue, newestValue } from './newest-value.ts';
import { wants } from './recommendations.ts';
import type { FromZero, RuleKind } from './rule-kind.ts';
import { withoutData } from './without-data.ts';

/** Of metrics with which the result only grows, what is arriving counts, too. */
const recommendByExpression = (
  rule: ExpressionRule,
  observation: GroupObservation,
): Recommendation => {
  const counted = rule.metrics.filter((metric) => isCounted(observation.group.metrics[metric]));
  const neverNegative = ['capacity', ...counted];
  const watched = counted.filter(
    (growing) => courseOf(rule.expression, { growing, neverNegative }) === 'up',
  );
  const whole: See = (metric) => newestValue(metric, observation, rule.onMissing);
  return recommendSooner({ ...rule, watched }, observation, (see) =>
    recommendOn(rule, observation, (metric) => (watched.includes(metric) ? see : whole)(metric)),
  );
};

const isCounted = (metric: Metric | undefined): boolean =>
  metric !== undefined && isGrowing(metric);

const recommendOn = (
  rule: ExpressionRule,
  observation: GroupObservation,
  see: See,
): Recommendation => {
  const capacity = currentCapacity(observation);
  const values: Record<string, number> = { capacity };
  const words = [`capacity ${capacity}`];
  for (const metric of rule.metrics) {
    const sight = see(metric);
    if (sight.kind === 'missing') return withoutData(rule, sight.detail);
    values[metric] = sight.value;
    words.push(`${metric} ${describeSight(sight)}`);
  }

  const result = compute(rule.expression, values);
  const inputs = words.join(', ');
  if (!Number.isFinite(result)) {
    return withoutData(rule, `${rule.text} is not a finite number with ${inputs}`);
  }

  const asked = Math.max(0, ceil(result));
  const detail = `${rule.text} is ${describeValue(result)} with ${inputs}`;
  return wants(rule, 'Computed', { capacity: asked, detail });
};

/** Values that metrics may have. If none of them makes the expression ask for a unit, nothing will. */
const TRIED = [0.001, 0.5, 1, 10, 100, 1_000, 1_000_000];

const fromZero = ({ text, expression: formula, metrics }: ExpressionRule): FromZero => {
  const results = TRIED.map((value) =>
    compute(formula, {
      ...Object.fromEntries(metrics.map((metric) => [metric, value])),
      capacity: 0,
    }),
  );
  if (results.some((result) => Number.isFinite(result) && result > 0)) {
    return { makes: 'able' };
  }
  const isDivided = results.some((result) => !Number.isFinite(result));
  return { makes: isDivided ? 'division-by-zero' : 'multiple-of-zero', formula: text };
};

/** Computes the capacity. */
export const expression: RuleKind<ExpressionRule> = {
  recommend: recommendByExpression,
  atZero: (rule, observation) => followsNothing(rule, observation) ?? 'able',
  fromZero,
  turns: () => [],
  marks: () => [],
  describe: ({ text }) => `want ${text}`,
};
