import { isHealthy } from '#domain/health/sightings.ts';
import { type GroupState, inService } from '#domain/observed/group-state.ts';
import { isServing } from '#domain/observed/lifecycle.ts';
import { unitsInService } from '../look-at-group.ts';
import type { Scene } from './may-end.ts';

/** The group at one moment after an instance of it was ended. */
export type Recovery = Readonly<{ isWhole: boolean; text: string }>;

/** The instance that was ended, and the group as it was before. */
export type About = Readonly<{ ended: string; before: Scene }>;

/**
 * Compares a group with itself before an instance was ended. It is whole again when that instance no longer serves, all
 * the desired capacity does, and as many targets are healthy as before.
 */
export const recoveryIn = ({ ended, before }: About, { state, targets }: Scene): Recovery => {
  if (state === undefined) return { isWhole: false, text: 'the group is gone' };

  const serving = unitsInService(state);
  const [healthy, healthyBefore] = [healthyIn(targets), healthyIn(before.targets)];
  const wanted = state.capacityDesired;
  const isServed = serving >= wanted && healthy >= healthyBefore;
  const left = state.instances.find(({ id }) => id === ended);
  return {
    isWhole: isServed && (left === undefined || !isServing(left)),
    text: [
      `${ended} is ${left === undefined ? 'gone' : left.lifecycleState}`,
      `${serving} of ${wanted} in service`,
      ...(before.targets.length === 0 ? [] : [`${healthy} targets healthy`]),
      ...newcomersIn(before.state, state),
    ].join(', '),
  };
};

const healthyIn = (targets: Scene['targets']): number =>
  targets.filter((target) => isHealthy(target)).length;

/** The instances that were not there before, each with its state. */
const newcomersIn = (before: GroupState | undefined, now: GroupState): readonly string[] => {
  const known = new Set(before?.instances.map(({ id }) => id));
  const serving = new Set(inService(now).map(({ id }) => id));
  return now.instances
    .filter(({ id }) => !known.has(id))
    .map(({ id, lifecycleState }) => `${id} is ${serving.has(id) ? 'in service' : lifecycleState}`);
};
