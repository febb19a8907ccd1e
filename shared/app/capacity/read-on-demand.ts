import { asError } from '#domain/basics/as-error.ts';
import { type GroupObservation, isFound, type Observation } from '#domain/capacity/observation.ts';
import { type WantedReads, wantedReads } from '#domain/capacity/wanted-reads.ts';
import type { CapacityDecision } from '#domain/ledger/decision.ts';
import type { Activity } from '#domain/observed/obstacle.ts';
import type { ScaleReads } from './ports.ts';

/**
 * Reads what else a decision on capacity should know, if it would take something or is puzzled. The same
 * observation means that there is nothing more to know.
 */
export const readOnDemand = async (
  ports: ScaleReads,
  observation: Observation,
  decision: CapacityDecision,
): Promise<Observation> => {
  const wants = wantedReads(observation, decision);
  return isFound(observation) && (wants.obstacles || wants.activities)
    ? readWanted(ports, observation, wants)
    : observation;
};

const readWanted = async (
  { readObstacles, readActivities, note }: ScaleReads,
  observation: GroupObservation,
  wants: WantedReads,
): Promise<Observation> => {
  const { state, group } = observation;
  const [obstacles, activities] = await Promise.all([
    wants.obstacles ? readObstacles(state) : observation.obstacles,
    wants.activities
      ? readActivities(state.autoScalingGroup).catch((thrown): readonly Activity[] => {
          // Nobody's name and no cause is better than no decision.
          note({ kind: 'look-failed', group: group.name, error: asError(thrown) });
          return [];
        })
      : observation.activities,
  ]);
  return {
    ...observation,
    ...(obstacles === undefined ? {} : { obstacles }),
    ...(activities === undefined ? {} : { activities }),
  };
};
