import { kindOf } from '#domain/capacity/rules/rules.ts';
import type { Turn } from '#domain/capacity/rules/turning-point.ts';
import type { Group } from '#domain/configuration/configuration.ts';

/** The turns of all rules that compare a metric with numbers; shadows do nothing. */
export const turnsOf = ({ rules }: Group): readonly Turn[] =>
  rules.filter(({ isShadow }) => !isShadow).flatMap((rule) => kindOf(rule).turns(rule));

/** The capacities that a group can have, as far as its operators say: at most so many are tried. */
export const capacitiesOf = ({ capacity: { min = 1, max = 100 } }: Group): readonly number[] => {
  const first = Math.max(1, min);
  const count = Math.min(MOST_TRIED, Math.max(1, max - first + 1));
  return Array.from({ length: count }, (_, index) => first + index);
};

const MOST_TRIED = 1_000;
