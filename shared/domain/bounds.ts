import type { Group } from './configuration.ts';
import type { GroupState } from './group-state.ts';

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

/** The nearest capacity that the bounds allow. */
export const within = ({ min, max }: Bounds, capacity: number): number =>
  Math.min(Math.max(capacity, min), max);
