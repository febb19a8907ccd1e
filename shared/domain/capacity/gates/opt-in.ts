import { describeLack } from '#domain/observed/opt-in.ts';
import { type Gate, pass } from './gate.ts';

/** Only a group that its owner handed over is touched, and never one that is going away. */
export const optIn: Gate<'opt-in'> = {
  stage: 'opt-in',
  check: (_capacity, { state }) => {
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

    return pass('the group carries the opt-in tag');
  },
};
