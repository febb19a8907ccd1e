import { type GroupState, inService } from './group-state.ts';
import type { Instant } from './instant.ts';
import type { Observation } from './observation.ts';

/** Units that the group wants and that are neither in service nor on their way. */
export const missingUnits = (state: GroupState): number => {
  const pending = state.instances.filter(({ lifecycleState }) =>
    lifecycleState.startsWith('Pending'),
  );
  const present = [...inService(state), ...pending].reduce((sum, { weight }) => sum + weight, 0);
  return Math.max(0, state.capacityDesired - present);
};

/** Since when units have been missing at every look, or nothing while none is. */
export const missingSince = ({ state, head, now }: Observation): Instant | undefined =>
  state === undefined || missingUnits(state) === 0 ? undefined : (head.missingSince ?? now);

/** True when units begin or cease to be missing, which later looks must know of. */
export const isMissingNews = (observation: Observation): boolean =>
  missingSince(observation) !== observation.head.missingSince;
