import { compute } from '#domain/configuration/expression.ts';
import type { ExpressionRule } from '#domain/configuration/rule.ts';
import { ceil } from '../adjust.ts';
import { currentCapacity, type GroupObservation } from '../observation.ts';
import type { Recommendation } from '../recommendation.ts';
import { describeValue, look } from './look.ts';
import { wants, withoutData } from './recommendations.ts';

export const recommendByExpression = (
  rule: ExpressionRule,
  observation: GroupObservation,
): Recommendation => {
  const values: Record<string, number> = { capacity: currentCapacity(observation) };
  for (const metric of rule.metrics) {
    const sight = look(metric, observation, rule.onMissing);
    if (sight.kind === 'missing') return withoutData(rule, sight.detail);
    values[metric] = sight.value;
  }

  const result = compute(rule.expression, values);
  const inputs = Object.entries(values)
    .map(([name, value]) => `${name} ${describeValue(value)}`)
    .join(', ');
  if (!Number.isFinite(result)) {
    return withoutData(rule, `${rule.text} is not a finite number with ${inputs}`);
  }

  const capacity = Math.max(0, ceil(result));
  const detail = `${rule.text} is ${describeValue(result)} with ${inputs}`;
  return wants(rule, 'Computed', { capacity, detail });
};
