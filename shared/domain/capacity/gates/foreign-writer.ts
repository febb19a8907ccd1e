import { foreignChange, heldForeign, wasRestored } from '../foreign-change.ts';
import { narrowedBoundsOf, within } from '../narrowed-bounds.ts';
import { currentCapacity } from '../observation.ts';
import { type Gate, pass } from './gate.ts';

/**
 * A change by somebody else is reckoned from (`adopt`), left in peace for a while
 * (`hold`), or, when it took something away, put back once (`restore`).
 */
export const foreignWriter: Gate<'foreign-writer'> = {
  stage: 'foreign-writer',
  isGuard: false,
  isTimed: true,
  check: (capacity, observation) => {
    const held = heldForeign(observation);
    if (held !== undefined) return { kind: 'hold', reason: 'ForeignChange', detail: held };

    const change = foreignChange(observation);
    if (change === undefined) return pass('nobody else has changed it');
    const { from, to } = change;
    const seen = `somebody else set it from ${from} to ${to}`;
    // Beyond that the change is a correction by the bounds.
    const before = Math.min(from, within(narrowedBoundsOf(observation), from));
    const isRestorable =
      observation.group.behavior.onForeignChange === 'restore' &&
      to < from &&
      capacity === currentCapacity(observation) &&
      capacity < before &&
      !wasRestored(observation);
    return isRestorable
      ? { kind: 'bend', capacity: before, reason: 'Restored', detail: seen }
      : pass(seen);
  },
};
