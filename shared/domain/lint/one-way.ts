import type { Group } from '#domain/configuration/configuration.ts';
import { factsOf, type Rule } from '#domain/configuration/rule.ts';
import { active, adjustmentsOf, canGrow, canShrink, follows, namesOf } from './directions.ts';
import type { Finding } from './finding.ts';

type OneWayWords = Pick<Finding, 'code' | 'message' | 'why' | 'example' | 'fix'>;

/** Groups that only go one way, or have no end on it. */
export const findOneWay = (group: Group): readonly Finding[] => {
  const rules = active(group).filter((rule) => factsOf(rule).course !== 'clock');
  const [out, inward] = [rules.filter(canGrow), rules.filter(canShrink)];
  // A rule that sets a number knows its own end.
  const [adding, removing] = [rules.filter(moves('add')), rules.filter(moves('remove'))];
  const { min, max } = group.capacity;
  const raising = active(group).filter((rule) => raises(rule, min));
  const isOnlyRaised =
    raising.length > 0 && out.length === 0 && inward.length === 0 && !isLowered(group);
  const about = (
    names: readonly Rule[],
    isFound: boolean,
    words: OneWayWords,
  ): readonly Finding[] =>
    isFound ? [{ ...words, group: group.name, rules: namesOf(names) }] : [];

  return [
    ...about(removing, removing.length > 0 && min === undefined, NO_FLOOR),
    ...about(adding, adding.length > 0 && max === undefined, NO_CEILING),
    ...about(out, out.length > 0 && inward.length === 0, NEVER_SHRINKS),
    ...about(raising, isOnlyRaised, NEVER_LOWERED),
    ...about(inward, inward.length > 0 && out.length === 0, NEVER_GROWS),
  ];
};

/** A schedule that lifts the group above its own minimum. One that is as large as can be lifts nothing. */
export const raises = (rule: Rule, min: number | undefined): boolean => {
  const { min: raised = 0, capacity = 0 } = factsOf(rule).bounds;
  return Math.max(raised, capacity) > (min ?? 0);
};

/** A maximum takes the group down at once, and so does the smaller one of several recommendations. */
const isLowered = (group: Group): boolean => {
  const schedules = active(group).map((rule) => factsOf(rule).bounds);
  const wishes = new Set(schedules.flatMap(({ capacity = [] }) => capacity));
  return schedules.some(({ max }) => max !== undefined) || wishes.size > 1;
};

const moves =
  (direction: 'add' | 'remove') =>
  (rule: Rule): boolean =>
    follows(rule) || adjustmentsOf(rule).some(({ kind }) => kind === direction);

const NO_FLOOR: OneWayWords = {
  code: 'no-floor',
  message: 'rules remove capacity, and capacity.min is not set',
  why: 'only the MinSize of the Auto Scaling group ends the way down, which others change',
  example: 'with a MinSize of 0 the group may end with no instance at all',
  fix: 'set capacity.min to what must always be there, at least one unit in each zone',
};

const NO_CEILING: OneWayWords = {
  code: 'no-ceiling',
  message: 'rules add capacity, and capacity.max is not set',
  why: 'a metric that goes wrong, or an attack, costs whatever MaxSize allows',
  example: 'with a MaxSize of 100 a broken metric may start 100 instances',
  fix: 'set capacity.max to the most that you would pay for',
};

const NEVER_SHRINKS: OneWayWords = {
  code: 'never-shrinks',
  message: 'rules add capacity, and none removes any',
  why: 'what was added for a peak is paid for until somebody removes it by hand',
  example: 'after the first peak the group stays as large as that peak needed',
  fix: 'add a rule that removes, such as { when: cpu < 30 for 10m, then: remove 1 }',
};

const NEVER_LOWERED: OneWayWords = {
  code: 'never-shrinks',
  message: 'schedules raise the group, and nothing ever lowers it',
  why: 'a minimum is only a floor, and a capacity ends with its window: when the window closes the group stays as large as it was, and is paid for day and night',
  example: 'a minimum of 3 in office hours leaves 3 at night and at weekends',
  fix: 'add a rule that removes, such as { when: cpu < 30 for 10m, then: remove 1 }, or a schedule for the other hours with a max',
};

const NEVER_GROWS: OneWayWords = {
  code: 'never-grows',
  message: 'rules remove capacity, and none adds any',
  why: 'load that comes back meets a group that does not',
  example: 'after the first quiet night the group stays as small as that night allowed',
  fix: 'add a rule that adds, such as { when: cpu > 70 for 3m, then: add 2 }',
};
