import { boundsOf, narrowedBoundsOf } from '#domain/capacity/narrowed-bounds.ts';
import type { GroupObservation } from '#domain/capacity/observation.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { GroupState, Instance } from '#domain/observed/group-state.ts';
import { isOnItsWay, isServing } from '#domain/observed/lifecycle.ts';

/** A bound and who set it. */
export type BoundStatus = Readonly<{ at: number; by: string }>;

/** The capacity of a group, in its units: instances, unless it has weights. */
export type CapacityStatus = Readonly<{
  desired: number;
  inService: number;
  /** On their way into service. */
  starting: number;
  min: BoundStatus;
  max: BoundStatus;
  /** Absent when no warm pool is ours to size, or it could not be read. */
  pool?: PoolStatus;
}>;

/** The instances of a warm pool: those that can be started, and those on their way to that. */
export type PoolStatus = Readonly<{
  ready: number;
  warming: number;
  /** MaxGroupPreparedCapacity, running and pooled together; absent while it has none. */
  limit?: number;
}>;

/** Counts the units of a group, and names who set its bounds. */
export const capacityStatusOf = (observation: GroupObservation): CapacityStatus => {
  const { state, group } = observation;
  const { min, max, minBy, maxBy } = narrowedBoundsOf(observation);
  const own = boundsOf(group, state);
  return {
    desired: state.capacityDesired,
    inService: unitsOf(state, isServing),
    starting: unitsOf(state, isOnItsWay),
    min: { at: min, by: minBy ?? setterOf(group.capacity.min, own.min) },
    max: { at: max, by: maxBy ?? setterOf(group.capacity.max, own.max) },
    ...poolStatusOf(observation),
  };
};

const poolStatusOf = ({ group, pool }: GroupObservation): Pick<CapacityStatus, 'pool'> => {
  if (group.warmPool === undefined || pool === undefined) return {};
  const { ready, warming, settings } = pool;
  const limit = settings?.prepared;
  return { pool: limit === undefined ? { ready, warming } : { ready, warming, limit } };
};

const unitsOf = ({ instances }: GroupState, isCounted: (instance: Instance) => boolean): number =>
  instances.filter((each) => isCounted(each)).reduce((sum, { weight }) => sum + weight, 0);

/** A bound of the file holds as far as the group's own MinSize and MaxSize allow it. */
const setterOf = (inFile: Group['capacity']['min'], bound: number): string =>
  inFile === bound ? 'tidegate.yml' : 'the Auto Scaling group';
