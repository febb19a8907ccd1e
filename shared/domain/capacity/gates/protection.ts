import { inService } from '#domain/observed/group-state.ts';
import { presentUnits } from '../missing-units.ts';
import { currentCapacity } from '../observation.ts';
import { type Gate, pass } from './gate.ts';

/**
 * Instances that are protected from scale-in stay, and a desired capacity below them would only wait
 * for somebody to lift the protection, and then take them all at once.
 */
export const protection: Gate<'protection'> = {
  stage: 'protection',
  check: (capacity, observation) => {
    const current = currentCapacity(observation);
    const { state } = observation;
    const surplus = Math.min(current, presentUnits(state)) - capacity;
    if (capacity >= current || surplus <= 0) return pass('nothing that is there would leave');

    const serving = inService(state);
    const open = serving
      .filter(({ isProtected }) => !isProtected)
      .reduce((sum, { weight }) => sum + weight, 0);
    if (open >= surplus) return pass(`${open} units in service may leave`);

    const count = serving.filter(({ isProtected }) => isProtected).length;
    const detail = `${count} of ${serving.length} instances in service are protected from scale-in, so ${open} units may leave`;
    const reason = 'InstancesProtected';
    const kept = capacity + surplus - open;
    return kept >= current
      ? { kind: 'hold', reason, detail }
      : { kind: 'bend', capacity: kept, reason, detail };
  },
};
