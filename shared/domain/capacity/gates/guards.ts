import { currentCapacity, type GroupObservation } from '../observation.ts';
import type { Gate, Verdict } from './gate.ts';
import { obstacles } from './obstacles.ts';
import { override } from './override.ts';
import { protection } from './protection.ts';
import { suspendedProcesses } from './suspended-processes.ts';

/** Gates that forbid a change whoever asks for it: rules, or a gate that comes after these. */
export const GUARDS: readonly Gate[] = [override, suspendedProcesses, obstacles, protection];

/** Finds the first guard's objection to a capacity, or nothing when none objects. */
export const objectionTo = (capacity: number, observation: GroupObservation): Verdict | undefined =>
  GUARDS.map(({ check }) => check(capacity, observation)).find(({ kind }) => kind !== 'pass');

/**
 * The verdict of a gate, or what a guard makes of it. A gate that bends a change towards what there is
 * need not ask. One that moves the capacity further asks all guards, wherever it stands in the order: so
 * neither a roll-back nor the bounds take what a guard keeps.
 */
export const guarded = (
  verdict: Verdict,
  before: number,
  observation: GroupObservation,
): Verdict => {
  if (verdict.kind !== 'bend' || !isFurther(verdict.capacity, before, observation)) return verdict;

  const objection = objectionTo(verdict.capacity, observation);
  if (objection === undefined || objection.kind === 'stop') return objection ?? verdict;

  const detail = `${verdict.detail}, but ${objection.detail}`;
  // A correction that was narrowed is still that correction.
  return objection.kind === 'bend'
    ? { ...verdict, capacity: objection.capacity, detail }
    : { ...objection, detail };
};

const isFurther = (capacity: number, before: number, observation: GroupObservation): boolean => {
  const current = currentCapacity(observation);
  return capacity > Math.max(before, current) || capacity < Math.min(before, current);
};
