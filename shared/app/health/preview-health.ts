import { decideHealth } from '#domain/health/decide-health.ts';
import type { HealedGroup, HealthObservation } from '#domain/health/health-observation.ts';
import { isUnseen, type Unseen } from '#domain/lane/unreadable-group.ts';
import type { HealthDecision } from '#domain/ledger/decision.ts';
import { observeHealth } from './observe-health.ts';
import type { HealReads } from './ports.ts';
import { readOnDemand } from './read-on-demand.ts';

/** The decision on targets that the next look makes if nothing changes until then, and all that it looks at. */
export type HealthPreview = Readonly<{
  observation: HealthObservation;
  decision: HealthDecision;
  /** A plan that is not settled comes first. */
  plan?: HealthDecision;
}>;

/** Decides on fresh observations as the next look will; nothing is carried out and nothing recorded. */
export const previewHealth = async (
  reads: HealReads,
  groups: readonly HealedGroup[],
): Promise<readonly (HealthPreview | Unseen<HealedGroup>)[]> => {
  const observations = await observeHealth(reads, groups);
  return Promise.all(
    observations.map(async (seen) => {
      if (isUnseen(seen)) return seen;
      const { isClockRepaired: _mended, ...fresh } = seen;
      const observation = await readOnDemand(reads, fresh);
      const { inFlight } = observation.head;
      return {
        observation,
        decision: decideHealth(observation),
        ...(inFlight === undefined ? {} : { plan: inFlight.decision }),
      };
    }),
  );
};
