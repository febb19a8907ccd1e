import { describeOverride, inForce } from '#domain/ledger/override.ts';
import { type Gate, pass } from './gate.ts';

/** A pause stops everything. A pin or a cap is kept by the bounds; its line stands in every trace. */
export const override: Gate<'override'> = {
  stage: 'override',
  isGuard: true,
  isTimed: true,
  check: (_capacity, observation) => {
    const current = inForce(observation.override, observation.now);
    if (current === undefined) return pass('nobody has taken the group in hand');

    const detail = describeOverride(current);
    return current.kind === 'pause' ? { kind: 'stop', reason: 'Paused', detail } : pass(detail);
  },
};
