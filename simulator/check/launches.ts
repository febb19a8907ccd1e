import type { GroupState } from '#domain/observed/group-state.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, unless } from './check-world.ts';
import { isCorrection, onCapacity, what } from './on-capacity.ts';
import { createStruckGroups } from './struck-groups.ts';

/** The patience of ten minutes, and some for looks that came to nothing. */
const LIMIT_MS = 900_000;

const GAP_MS = 180_000;

const isShort = ({ instances, capacityDesired }: GroupState): boolean => {
  const present = instances
    .filter(({ lifecycleState }) => !/^(Terminating|Standby)/.test(lifecycleState))
    .reduce((sum, { weight }) => sum + weight, 0);
  return present < capacityDesired;
};

type Sight = Readonly<{ name: string; state: GroupState | undefined }>;

/** The groups that an event shows to somebody, or shows not to be there. */
const sightsIn = (event: HistoryEvent): readonly Sight[] => {
  if (event.kind !== 'answered' || event.trip.action !== 'DescribeAutoScalingGroups') return [];
  const states = event.answer as ReadonlyMap<string, GroupState> | undefined;
  if (states === undefined) return [];
  return (event.trip.input as readonly string[]).map((name) => ({ name, state: states.get(name) }));
};

export const nothingIsAddedInVain: Checker = {
  id: 'S30',
  promise: 'nothing is added while what was wanted before has been missing for long',
  watch: (world) => {
    const short = new Map<string, Readonly<{ since: Instant; last: Instant }>>();
    // Since when units are missing is remembered; what could not be read, nobody can know.
    const forgetful = createStruckGroups('F37', 'F39');
    const judge = onCapacity((call) => {
      const { plan, isReissue, at, group, capacity } = call;
      if (forgetful.has(group.name)) return [];
      if (isReissue || plan === undefined || isCorrection(call) || capacity <= plan.from) return [];
      const forMs = at - (short.get(group.autoScalingGroup)?.since ?? at);
      return unless(forMs <= LIMIT_MS, () => `${what(call)}, short of units for ${forMs} ms`);
    })(world);

    const note = (at: Instant, { name, state }: Sight): void => {
      const before = short.get(name);
      // Who did not look for a while begins anew.
      const since = before && at - before.last < GAP_MS ? before.since : at;
      if (state && isShort(state)) short.set(name, { since, last: at });
      else short.delete(name);
    };

    return {
      onEvent: (event) => {
        for (const sight of sightsIn(event)) note(event.at, sight);
        forgetful.follow(event);
        return judge.onEvent?.(event) ?? [];
      },
    };
  },
};
