import type { CapacityDecision } from '../../shared/domain/decision.ts';
import type { GroupState } from '../../shared/domain/group-state.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, unless } from './check-world.ts';
import { narrowed } from './narrowed.ts';

const holdIn = (event: HistoryEvent): CapacityDecision | undefined => {
  if (event.kind !== 'noted' || event.note.kind !== 'decided') return undefined;
  const { decision } = event.note;
  return decision.kind === 'capacity' && decision.from === decision.to ? decision : undefined;
};

const mayBeTouched = ({ isManaged, isBeingDeleted, suspendedProcesses }: GroupState): boolean =>
  isManaged && !isBeingDeleted && suspendedProcesses.length === 0;

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
      if (!group || !seen || !mayBeTouched(seen)) return [];
      const clamp = (value: number): number =>
        Math.min(Math.max(value, seen.capacityMin), seen.capacityMax);
      const [low, high] = narrowed(group, hold.at, [
        clamp(group.capacity.min ?? seen.capacityMin),
        clamp(group.capacity.max ?? seen.capacityMax),
      ]);
      return unless(hold.from >= low && hold.from <= high, () => {
        return `${hold.group} was left at ${hold.from}, outside ${low} to ${high}: ${hold.summary}`;
      });
    },
  }),
};
