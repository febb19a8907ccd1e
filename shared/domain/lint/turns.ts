import type { Group } from '#domain/configuration/configuration.ts';
import type { Adjustment, Rule } from '#domain/configuration/rule.ts';

/** At what value of which metric a rule begins to ask for what. */
export type Turn = Readonly<{
  rule: string;
  metric: string;
  /** The rule acts from here upwards, or downwards. */
  side: 'above' | 'below';
  bound: number;
  adjustment: Adjustment;
  atLeast: number;
}>;

/** The turns of all rules that compare a metric with numbers; shadows do nothing. */
export const turnsOf = ({ rules }: Group): readonly Turn[] =>
  rules.filter(({ isShadow }) => !isShadow).flatMap((rule) => turnsOfRule(rule));

const turnsOfRule = (rule: Rule): readonly Turn[] => {
  if (rule.kind === 'step') {
    const { name, metric, atLeast } = rule;
    return rule.bands.map((band) => ({ ...band, rule: name, metric, atLeast }));
  }
  if (rule.kind !== 'threshold' || rule.alarm.kind === 'existing') return [];

  const { metric, comparison, threshold } = rule.alarm.condition;
  const side = comparison.startsWith('>') ? 'above' : 'below';
  const { name, adjustment } = rule;
  return [{ rule: name, metric, side, bound: threshold, adjustment, atLeast: 0 }];
};

/** The capacities that a group can have, as far as its operators say: at most so many are tried. */
export const capacitiesOf = ({ capacity: { min = 1, max = 100 } }: Group): readonly number[] => {
  const first = Math.max(1, min);
  const count = Math.min(MOST_TRIED, Math.max(1, max - first + 1));
  return Array.from({ length: count }, (_, index) => first + index);
};

const MOST_TRIED = 1_000;
