import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import { decideRecovery, type Recovery } from '#domain/capacity/decide-recovery.ts';
import type { Observation } from '#domain/capacity/observation.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { isUnseen, type Unseen } from '#domain/lane/unreadable-group.ts';
import type { CapacityDecision } from '#domain/ledger/decision.ts';
import { observeGroups } from './observe-groups.ts';
import type { ScaleReads } from './ports.ts';
import { readOnDemand } from './read-on-demand.ts';

/** The decision that the next look makes if nothing changes until then, and all that it looks at. */
export type CapacityPreview = Readonly<{
  observation: Observation;
  decision: CapacityDecision;
  /** A plan that is not settled comes first. */
  plan?: Readonly<{ decision: CapacityDecision; recovery: Recovery }>;
}>;

/**
 * Decides on fresh observations as the next look will. These decisions are never carried out and never
 * recorded: there is nothing here that could.
 */
export const previewCapacity = async (
  reads: ScaleReads,
  groups: readonly Group[],
): Promise<readonly (CapacityPreview | Unseen<Group>)[]> => {
  const observations = await observeGroups(reads, groups);
  return Promise.all(
    observations.map(async (seen) => (isUnseen(seen) ? seen : preview(reads, asStored(seen)))),
  );
};

/** A head with times that were repaired is stored first, which gives it the next version. */
const asStored = ({ isClockRepaired, ...observation }: Observation): Observation =>
  isClockRepaired
    ? { ...observation, head: { ...observation.head, version: observation.head.version + 1 } }
    : observation;

const preview = async (reads: ScaleReads, seen: Observation): Promise<CapacityPreview> => {
  const observation = await readOnDemand(reads, seen, decideCapacity(seen));
  const { inFlight } = observation.head;
  return {
    observation,
    decision: decideCapacity(observation),
    ...(inFlight === undefined
      ? {}
      : {
          plan: {
            decision: inFlight.decision,
            recovery: decideRecovery(observation, inFlight),
          },
        }),
  };
};
