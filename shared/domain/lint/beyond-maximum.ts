import type { Group } from '#domain/configuration/configuration.ts';
import { factsOf, type Rule } from '#domain/configuration/rule.ts';
import type { Finding } from './finding.ts';

/** Capacities of schedules and fallbacks that no group within `capacity.max` can have, and floors that no removal keeps. */
export const findBeyondMaximum = (group: Group): readonly Finding[] => {
  const { max } = group.capacity;
  if (max === undefined) return [];
  return [
    ...group.rules.flatMap((rule) => {
      const asked = Math.max(...capacitiesOf(rule));
      return asked > max ? [ruleFinding(group.name, rule, { asked, max })] : [];
    }),
    ...floorFinding(group, max),
  ];
};

/** The capacities that a rule names itself; 0 when it names none. */
const capacitiesOf = (rule: Rule): readonly number[] => {
  const { min = 0, capacity = 0 } = factsOf(rule).bounds;
  const onMissing = 'onMissing' in rule ? rule.onMissing : 'hold';
  const fallback =
    typeof onMissing === 'object' && 'fallback' in onMissing ? onMissing.fallback : 0;
  return [min, capacity, fallback];
};

const ruleFinding = (
  group: string,
  { name }: Rule,
  { asked, max }: Readonly<{ asked: number; max: number }>,
): Finding => ({
  code: 'beyond-maximum',
  group,
  rules: [name],
  message: `${name} asks for ${asked}, and the maximum is ${max}`,
  why: 'no rule raises a group above capacity.max, so it never gets what the rule names',
  example: `when ${name} asks for ${asked} the group stands at ${max}, and is told to be at its maximum`,
  fix: `raise capacity.max to ${asked}, or let ${name} ask for less`,
});

const floorFinding = ({ name, health }: Group, max: number): readonly Finding[] =>
  health === undefined || health.floorCount < max
    ? []
    : [
        {
          code: 'beyond-maximum',
          group: name,
          rules: [],
          message: `${health.floorCount} targets must stay healthy, and the group has ${max} at most`,
          why: 'a target leaves only when minHealthy others stay, so none ever leaves',
          example: `one of ${max} targets fails for hours, and it is not replaced`,
          fix: `set health.minHealthy to ${Math.max(1, max - 1)} or less`,
        },
      ];
