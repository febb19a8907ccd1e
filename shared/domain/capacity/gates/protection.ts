import { type Instance, inService } from '#domain/observed/group-state.ts';
import { countsAsCapacity, phaseOf } from '#domain/observed/lifecycle.ts';
import { presentUnits } from '../missing-units.ts';
import { currentCapacity } from '../observation.ts';
import { type Gate, pass } from './gate.ts';

/**
 * Instances that are protected from scale-in stay, and a desired capacity below them would only wait
 * for somebody to lift the protection, and then take them all at once. They are counted by what is there,
 * not by the desired capacity: what AWS is removing already cannot be removed once more.
 */
export const protection: Gate<'protection'> = {
  stage: 'protection',
  isGuard: true,
  isTimed: false,
  check: (capacity, observation) => {
    const current = currentCapacity(observation);
    const { state } = observation;
    if (capacity >= current || capacity >= presentUnits(state)) {
      return pass('nothing that is there would leave');
    }

    const serving = inService(state);
    const open = unitsOf(serving.filter(({ isProtected }) => !isProtected));
    const staying = unitsOf(state.instances.filter((instance) => stays(instance)));
    if (capacity >= staying) return pass(`${open} units in service may leave`);

    const count = serving.filter(({ isProtected }) => isProtected).length;
    const detail = `${count} of ${serving.length} instances in service are protected from scale-in, so ${open} units may leave`;
    const reason = 'InstancesProtected';
    return staying >= current
      ? { kind: 'hold', reason, detail }
      : { kind: 'bend', capacity: staying, reason, detail };
  },
};

/** No scale-in takes the instance: it is protected, or nobody knows the state that it is in. */
const stays = (instance: Instance): boolean =>
  countsAsCapacity(instance) &&
  (instance.isProtected || phaseOf(instance.lifecycleState) === 'unknown');

const unitsOf = (instances: readonly Instance[]): number =>
  instances.reduce((sum, { weight }) => sum + weight, 0);
