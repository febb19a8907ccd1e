import type { CapacityDecision } from '#domain/ledger/decision.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import type { Instant } from '#domain/time/instant.ts';

/** The end of the trouble that AWS refused the size of the warm pool. */
export const poolIsBack = (
  { id, group, autoScalingGroup }: CapacityDecision,
  at: Instant,
): Outcome => ({
  schemaVersion: 1,
  kind: 'held',
  decisionId: `${id}-pool`,
  group,
  autoScalingGroup,
  at,
  about: 'capacity',
  reason: 'PoolAccepted',
  summary: `${group} has a warm pool of the right size again: AWS refuses it no more`,
});
