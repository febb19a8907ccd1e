import { describeTagLoss, isSelected } from '#domain/configuration/fleet.ts';
import { describeLack } from '#domain/observed/opt-in.ts';
import { type Gate, pass } from './gate.ts';

/**
 * Only a group that its owner handed over is touched, and never one that is going away. A member of a fleet must carry
 * the fleet's tags at this moment: the sweep may have found them a minute ago.
 */
export const optIn: Gate<'opt-in'> = {
  stage: 'opt-in',
  isGuard: false,
  isTimed: false,
  check: (_capacity, { group: { fleet }, state }) => {
    if (state.isBeingDeleted) {
      return { kind: 'stop', reason: 'GroupBeingDeleted', detail: 'the group is being deleted' };
    }
    if (!state.isManaged) {
      return {
        kind: 'stop',
        reason: 'NotManaged',
        detail: `the group ${describeLack(state.optIn)}`,
      };
    }
    if (fleet !== undefined && !isSelected(fleet, state.tags ?? {})) {
      return {
        kind: 'stop',
        reason: 'NotSelected',
        detail: describeTagLoss(fleet),
      };
    }

    return pass('the group carries the opt-in tag');
  },
};
