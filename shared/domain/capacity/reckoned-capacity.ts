import { countsAsCapacity } from '#domain/observed/lifecycle.ts';
import { presentUnits } from './missing-units.ts';
import { currentCapacity, type GroupObservation } from './observation.ts';

/**
 * The capacity that rules reckon from: the desired one. With weights there may be more, because instances
 * do not divide: 32 units, eight instances of four, for a desired 30. Then what is there counts, as in AWS
 * step scaling: to remove one unit of 32 changes nothing about a desired 30, and to add one makes 33
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-mixed-instances-groups-instance-weighting.html).
 * A surplus of a whole instance or more is none of weights: it is about to leave, or is protected.
 */
export const reckonedCapacity = (observation: GroupObservation): number => {
  const current = currentCapacity(observation);
  const there = presentUnits(observation.state);
  return there > current && there - current < heaviestOf(observation) ? there : current;
};

const heaviestOf = ({ state }: GroupObservation): number =>
  state.instances
    .filter((instance) => countsAsCapacity(instance))
    .reduce((most, { weight }) => Math.max(most, weight), 0);
