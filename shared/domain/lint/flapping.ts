import { describeValue } from '#domain/capacity/rules/newest-value.ts';
import type { Turn } from '#domain/capacity/rules/turning-point.ts';
import { adjust } from '#domain/configuration/adjust.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { natureOf } from '#domain/configuration/metric-nature.ts';
import type { Finding } from './finding.ts';
import { capacitiesOf, turnsOf } from './turning-points.ts';

/**
 * Two rules flap when what one of them does takes the metric beyond the bound of the other. It is tried
 * for every capacity within the bounds, at the bound itself, for metrics that twice the capacity halves.
 */
export const findFlapping = (group: Group): readonly Finding[] => {
  const turns = turnsOf(group).filter(({ metric }) => natureOf(group.metrics[metric]).isShared);
  const pairs = turns.flatMap((first) =>
    turns
      .filter((second) => second.metric === first.metric && second.side !== first.side)
      .map((second) => ({ first, second })),
  );

  return pairs.flatMap(({ first, second }) => {
    const found = capacitiesOf(group)
      .map((capacity) => trial(group, first, { second, capacity }))
      .find((each) => each !== undefined);
    return found === undefined ? [] : [findingOf(group, first, { second, found })];
  });
};

type Trial = Readonly<{ capacity: number; after: number; value: number; back: number }>;

/** Tries the bound of the first rule; nothing when the second one stays quiet. */
const trial = (
  { capacity: { min = 0, max = Number.POSITIVE_INFINITY } }: Group,
  first: Turn,
  { second, capacity }: Readonly<{ second: Turn; capacity: number }>,
): Trial | undefined => {
  const after = Math.min(max, Math.max(min, wish(first, capacity)));
  if (after === capacity || after === 0) return undefined;

  const value = (first.bound * capacity) / after;
  const isMet = second.side === 'above' ? value > second.bound : value < second.bound;
  const back = Math.min(max, Math.max(min, wish(second, after)));
  const turnsRound = Math.sign(back - after) === -Math.sign(after - capacity);
  return isMet && turnsRound ? { capacity, after, value, back } : undefined;
};

const wish = ({ adjustment, atLeast }: Turn, capacity: number): number =>
  adjust(adjustment, capacity, atLeast);

const findingOf = (
  { name }: Group,
  first: Turn,
  { second, found }: Readonly<{ second: Turn; found: Trial }>,
): Finding => {
  const { capacity, after, value, back } = found;
  const [from, to] = [describeValue(first.bound), describeValue(value)];
  const beyond = `${second.side} ${describeValue(second.bound)}`;

  return {
    code: 'rules-flap',
    group: name,
    rules: [first.rule, second.rule],
    message: `${first.rule} sets off ${second.rule}`,
    why: 'the group goes back and forth, each time starting and ending instances, for the same load',
    example: `with ${capacity} units at ${first.metric} ${from}, ${first.rule} makes ${after}; the same load is then ${to}, ${beyond}, and ${second.rule} makes ${back}`,
    fix: 'move the two bounds further apart, or let the rules change less at once',
  };
};
