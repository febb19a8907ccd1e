import type { Group } from '#domain/configuration/configuration.ts';
import { factsOf, type Rule } from '#domain/configuration/rule.ts';
import { inForce, nameOfOverride, type Override } from '#domain/ledger/override.ts';
import { type GroupState, isScheduleSuspended } from '#domain/observed/group-state.ts';
import type { GroupObservation } from './observation.ts';
import { type StandbyMinimum, standbyMinimum } from './standby.ts';

export type Bounds = Readonly<{ min: number; max: number }>;

/** The operator's bounds, narrowed to what the Auto Scaling group itself allows at this moment. */
export const boundsOf = ({ capacity }: Group, state: GroupState): Bounds => ({
  min: within(
    { min: state.capacityMin, max: state.capacityMax },
    capacity.min ?? state.capacityMin,
  ),
  max: within(
    { min: state.capacityMin, max: state.capacityMax },
    capacity.max ?? state.capacityMax,
  ),
});

/** The bounds as schedules, a standby and overrides narrow them, and by what. */
export type NarrowedBounds = Bounds &
  Readonly<{ minBy?: string; maxBy?: string; override?: 'pin' | 'cap' }>;

/** The bounds that hold now: a person's word narrows what open schedules and a standby leave of the own bounds. */
export const narrowedBoundsOf = (observation: GroupObservation): NarrowedBounds => {
  const scheduled = scheduledBoundsOf(observation);
  const override = inForce(observation.override, observation.now);
  if (override === undefined || override.kind === 'pause') return scheduled;

  const own = boundsOf(observation.group, observation.state);
  return taken(override, scheduled, within(own, override.capacity));
};

/** A pin is both bounds at once; a cap is the maximum, and no minimum of a schedule stands above it. */
const taken = (override: Override, scheduled: NarrowedBounds, at: number): NarrowedBounds => {
  const name = nameOfOverride(override);
  if (override.kind === 'pin')
    return { min: at, max: at, minBy: name, maxBy: name, override: 'pin' };
  if (at >= scheduled.max) return scheduled;
  return { ...scheduled, min: Math.min(scheduled.min, at), max: at, maxBy: name, override: 'cap' };
};

/**
 * A schedule raises the minimum and lowers the maximum, and a standby raises the minimum, never beyond the group's own
 * bounds. Of two that contradict each other the minimum wins.
 */
const scheduledBoundsOf = (observation: GroupObservation): NarrowedBounds => {
  const { group, state, openings } = observation;
  const own = boundsOf(group, state);
  const open = group.rules.flatMap((rule) =>
    isMoving(rule, openings) && !isScheduleSuspended(state)
      ? [{ name: rule.name, ...moves(rule) }]
      : [],
  );
  const raising = [...open, ...listOf(standbyMinimum(observation))];
  const floor = raising.reduce<Narrowing>(
    (best, { name, min = own.min }) => (min > best.at ? { at: min, by: name } : best),
    { at: own.min },
  );
  const ceiling = open.reduce<Narrowing>(
    (best, { name, max = own.max }) => (max < best.at ? { at: max, by: name } : best),
    { at: own.max },
  );
  const min = within(own, floor.at);

  return {
    min,
    max: within({ min, max: own.max }, ceiling.at),
    ...(floor.by === undefined ? {} : { minBy: floor.by }),
    ...(ceiling.by === undefined ? {} : { maxBy: ceiling.by }),
  };
};

const listOf = (minimum: StandbyMinimum | undefined): readonly StandbyMinimum[] =>
  minimum === undefined ? [] : [minimum];

const isMoving = (rule: Rule, openings: GroupObservation['openings']): boolean =>
  !rule.isShadow && openings[rule.name]?.isOpen === true;

const moves = (rule: Rule): Partial<Bounds> => {
  const { min, max } = factsOf(rule).bounds;
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
};

type Narrowing = Readonly<{ at: number; by?: string }>;

/** The nearest capacity that the bounds allow. */
export const within = ({ min, max }: Bounds, capacity: number): number =>
  Math.min(Math.max(capacity, min), max);
