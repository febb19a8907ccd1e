import type { GroupState } from '#domain/observed/group-state.ts';
import { countsAsCapacity } from '#domain/observed/lifecycle.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Observation } from './observation.ts';

/** Units that the group wants and that no instance of it is there for, in service or on its way. */
export const missingUnits = (state: GroupState): number =>
  Math.max(0, state.capacityDesired - presentUnits(state));

/** Units that count towards the desired capacity, in service or on their way. */
export const presentUnits = ({ instances }: GroupState): number =>
  instances
    .filter((instance) => countsAsCapacity(instance))
    .reduce((sum, { weight }) => sum + weight, 0);

/** Since when units have been missing at every look, or nothing while none is. */
export const missingSince = ({ state, head, now }: Observation): Instant | undefined =>
  state === undefined || missingUnits(state) === 0 ? undefined : (head.missingSince ?? now);

/** True when units begin or cease to be missing, which later looks must know of. */
export const isMissingNews = (observation: Observation): boolean =>
  missingSince(observation) !== observation.head.missingSince;
