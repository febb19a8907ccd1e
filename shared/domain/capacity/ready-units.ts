import { presentUnits } from './missing-units.ts';
import { currentCapacity, type GroupObservation } from './observation.ts';

/**
 * Units that the group's warm pool can put into service: its ready instances, without those that a scale-out has
 * claimed which the group does not show yet. None when the pool is not ours to size, or could not be read.
 */
export const readyUnits = (observation: GroupObservation): number =>
  observation.group.warmPool === undefined || observation.pool === undefined
    ? 0
    : Math.max(0, observation.pool.ready - claimedUnits(observation));

/** Units that the desired capacity asks for and that are neither in service nor on their way. */
export const claimedUnits = (observation: GroupObservation): number =>
  Math.max(0, currentCapacity(observation) - presentUnits(observation.state));
