import { describeValue } from '#domain/capacity/rules/newest-value.ts';
import { adjust } from '#domain/configuration/adjust.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import { isSparse, natureOf, sourcesOf } from '#domain/configuration/metric-nature.ts';
import { factsOf } from '#domain/configuration/rule.ts';
import { active } from './directions.ts';
import type { Finding } from './finding.ts';
import { capacitiesOf, turnsOf } from './turning-points.ts';

/** A rule that acts beyond a value of a metric, and the capacity that it then makes of another one. */
type Push = Readonly<{
  rule: string;
  metric: string;
  bound: number;
  make: (capacity: number) => number;
}>;

/**
 * Two metrics that measure the same work move together, but nobody knows how much of one comes with how
 * much of the other: that depends on the application, and changes with it. A rule that removes by one of
 * them therefore meets, at some load, a rule that adds by the other. Nothing holds the removal back, for
 * a condition that is not met has no recommendation.
 */
export const findFlappingAcross = (group: Group): readonly Finding[] => {
  const [removing, adding] = pushesOf(group);
  return removing.flatMap((inward) =>
    adding
      .filter(({ metric }) => metric !== inward.metric && !isTracked(group, metric))
      .flatMap((outward) => {
        const found = firstTurn(group, inward, outward);
        return found === undefined ? [] : [findingOf(group, [inward, outward], found)];
      }),
  );
};

const pushesOf = (group: Group): readonly [readonly Push[], readonly Push[]] => {
  const { metrics, behavior } = group;
  const isWork = ({ metric }: Readonly<{ metric: string }>): boolean =>
    natureOf(metrics[metric]).isWork;
  const turns = turnsOf(group).filter(isWork);
  const pushOf = ({ rule, metric, bound, adjustment, atLeast }: (typeof turns)[number]): Push => ({
    rule,
    metric,
    bound,
    make: (capacity) => adjust(adjustment, capacity, atLeast),
  });
  const tracking = active(group)
    .flatMap((rule) => {
      const { target } = factsOf(rule);
      return target !== undefined && isWork(target) ? [{ ...target, name: rule.name }] : [];
    })
    .map(({ name, metric, value }): Push => {
      const bound = value * (1 - behavior.scaleIn.tolerancePercent / 100);
      return { rule: name, metric, bound, make: (capacity) => capacity - 1 };
    });

  return [
    [...turns.filter(({ side }) => side === 'below').map(pushOf), ...tracking],
    turns.filter(({ side }) => side === 'above').map(pushOf),
  ];
};

/** A rule that follows the metric objects to a removal for which there is too much of it. */
const isTracked = (group: Group, metric: string): boolean =>
  active(group).some(
    (rule) => rule.ballot === undefined && factsOf(rule).target?.metric === metric,
  );

type FoundLoad = Readonly<{ capacity: number; after: number; back: number }>;

/** The first capacity at which a removal by the one is taken back by the other. */
const firstTurn = (group: Group, inward: Push, outward: Push): FoundLoad | undefined => {
  const { min = 0, max = Number.POSITIVE_INFINITY } = group.capacity;
  const within = (capacity: number): number => Math.min(max, Math.max(min, capacity));

  return capacitiesOf(group)
    .map((capacity) => {
      const after = within(inward.make(capacity));
      return { capacity, after, back: within(outward.make(after)) };
    })
    .find(({ capacity, after, back }) => after > 0 && after < capacity && back > after);
};

const findingOf = (
  { name, metrics }: Group,
  [inward, outward]: readonly [Push, Push],
  { capacity, after, back }: FoundLoad,
): Finding => {
  const [low, high] = [describeValue(inward.bound), describeValue(outward.bound)];
  const { most } = natureOf(metrics[outward.metric]);
  const value = describeValue(Math.min(most, (outward.bound * capacity) / after));

  return {
    code: 'rules-flap',
    group: name,
    rules: [inward.rule, outward.rule],
    message: `${inward.rule} removes by ${inward.metric} what ${outward.rule} adds by ${outward.metric}`,
    why: 'both metrics measure the same load; where an instance is idle by the one and busy by the other, the group goes back and forth',
    example: `at a load of ${outward.metric} ${high} for each unit with ${inward.metric} below ${low}, both fire: of ${capacity} units ${inward.rule} makes ${after}; the same load is then ${outward.metric} ${value}, above ${high}, and ${outward.rule} makes ${back}`,
    fix: `let the group shrink only when both are low: a rule on the metric { expression: "IF(${idOf('a', metrics[inward.metric])} < ${low} AND ${idOf('b', metrics[outward.metric])} < ${describeValue(outward.bound / 2)}, 1, 0)", uses: { a: ${inward.metric}, b: ${outward.metric} } }`,
  };
};

/** A metric that may have no data needs a value all the same, or nothing is ever removed. */
const idOf = (id: string, metric: Metric | undefined): string =>
  sourcesOf(metric).some(isSparse) ? `FILL(${id}, 0)` : id;
