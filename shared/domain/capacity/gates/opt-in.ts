import { OPT_IN_TAG } from '#domain/observed/group-state.ts';
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
        detail: `the group lacks the tag ${OPT_IN_TAG.key}=${OPT_IN_TAG.value}`,
      };
    }

    return pass('the group carries the opt-in tag');
  },
};
