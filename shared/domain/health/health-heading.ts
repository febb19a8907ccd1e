import type { HealthDecision } from '#domain/ledger/decision.ts';
import type { HealthObservation } from './health-observation.ts';

/** Builds what every decision on targets begins with. */
export const headingOf = ({
  group,
  head,
  now,
}: HealthObservation): Pick<
  HealthDecision,
  'kind' | 'id' | 'group' | 'autoScalingGroup' | 'at'
> => ({
  kind: 'health',
  id: `${group.name}-health-${head.version + 1}`,
  group: group.name,
  autoScalingGroup: group.autoScalingGroup,
  at: now,
});
