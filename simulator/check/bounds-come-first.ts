import type { Group } from '#domain/configuration/configuration.ts';
import type { CapacityDecision } from '#domain/ledger/decision.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, unless } from './check-world.ts';
import {
  type Bounds,
  holds,
  narrowedBy,
  ownBoundsOf,
  stayingUnits,
  withStandby,
} from './narrowed.ts';
import type { View } from './views.ts';

const holdIn = (event: HistoryEvent): CapacityDecision | undefined => {
  if (event.kind !== 'noted' || event.note.kind !== 'decided') return undefined;
  const { decision } = event.note;
  return decision.kind === 'capacity' && decision.from === decision.to ? decision : undefined;
};

/** A member of a fleet is touched only while it carries the tags of the fleet. */
const isStillOf = ({ fleet }: Group, { tags }: GroupState): boolean =>
  Object.entries(fleet?.tags ?? {}).every(([key, value]) => tags?.[key] === value);

const mayBeTouched = (state: GroupState | undefined): state is GroupState =>
  state?.isManaged === true && !state.isBeingDeleted && state.suspendedProcesses.length === 0;

type Sight = Readonly<{ group: Group; seen: GroupState; view: View }>;

const boundsOf = (hold: CapacityDecision, { group, seen, view }: Sight): Bounds => {
  const own = ownBoundsOf(group, seen);
  const bounds = narrowedBy(view.overrides.get(group.name), { group, now: hold.at, own });
  return withStandby(group, bounds, hold.bounds);
};

type Excuse = Readonly<{ group: Group; view: View; isAbove: boolean }>;

/** A pause stands above the bounds, and what is under way delays removals. */
const isExcused = (hold: CapacityDecision, { group, view, isAbove }: Excuse): boolean => {
  const override = view.overrides.get(group.name);
  const isBusy = (view.obstacles.get(hold.autoScalingGroup) ?? []).length > 0;
  const isKept = hold.from <= stayingUnits(view.groups.get(hold.autoScalingGroup));
  return (
    (isAbove && (isBusy || isKept)) || (override?.kind === 'pause' && holds(override, hold.at))
  );
};

export const boundsWaitForNothing: Checker = {
  id: 'S1b',
  promise: 'a group outside its bounds is corrected at the first look, whatever cools down',
  watch: ({ views, configurationOf }) => ({
    onEvent: (event) => {
      const hold = holdIn(event);
      if (hold === undefined || event.kind !== 'noted') return [];

      const group = configurationOf(event.invocation).groups.find(
        ({ name }) => name === hold.group,
      );
      const seen = views.of(event.invocation).groups.get(hold.autoScalingGroup);
      if (!group || !mayBeTouched(seen) || !isStillOf(group, seen)) return [];
      const view = views.of(event.invocation);
      const [low, high] = boundsOf(hold, { group, seen, view });
      if (isExcused(hold, { group, view, isAbove: hold.from > high })) return [];
      return unless(hold.from >= low && hold.from <= high, () => {
        return `${hold.group} was left at ${hold.from}, outside ${low} to ${high}: ${hold.summary}`;
      });
    },
  }),
};
