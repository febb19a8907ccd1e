import type { Outcome } from '#domain/ledger/outcome.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import type { Observation } from './observation.ts';

/** News about what holds for a group without a change of its capacity: an override, or a standby. */
export const newsOfGroup = (
  { group, now }: Observation,
  reason: Reason,
  { id, what }: Readonly<{ id: string; what: string }>,
): Outcome => ({
  schemaVersion: 1,
  kind: 'override',
  decisionId: id,
  group: group.name,
  autoScalingGroup: group.autoScalingGroup,
  at: now,
  reason,
  summary: `${group.name} ${what}`,
});
