import { asError } from '#domain/basics/as-error.ts';
import { type GroupObservation, isFound, type Observation } from '#domain/capacity/observation.ts';
import { type Wants, wantsOf } from '#domain/capacity/read-on-demand.ts';
import { decideHealth } from '#domain/health/decide-health.ts';
import type { FailOpen, HealthObservation } from '#domain/health/health-observation.ts';
import { graceSecondsOf } from '#domain/health/sightings.ts';
import type { TakeNote } from '#domain/lane/note.ts';
import { type CapacityDecision, isAction } from '#domain/ledger/decision.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { Activity, Obstacle } from '#domain/observed/obstacle.ts';
import type { Instant } from '#domain/time/instant.ts';

export type SecondLook = Readonly<{
  /** What is under way in the group that forbids removals. It throws when AWS cannot be asked. */
  readObstacles: (state: GroupState) => Promise<readonly Obstacle[]>;
}>;

export type SecondLookAtTargets = SecondLook &
  Readonly<{
    /** When instances of the group came into service within the last so many seconds. */
    readLaunches: (
      autoScalingGroup: string,
      withinSeconds: number,
    ) => Promise<Readonly<Record<string, Instant>>>;
    /** Below how many healthy targets these target groups send traffic to all, by their ARNs. */
    readFailOpen: (
      targetGroupArns: readonly string[],
    ) => Promise<Readonly<Record<string, FailOpen>>>;
    /** Whether these target groups carry the opt-in tag, by their ARNs. */
    readManaged: (targetGroupArns: readonly string[]) => Promise<Readonly<Record<string, boolean>>>;
  }>;

export type SecondLookAtGroup = SecondLook &
  Readonly<{
    /** The group's latest scaling activities, the newest first. */
    readActivities: (autoScalingGroup: string) => Promise<readonly Activity[]>;
    note: TakeNote;
  }>;

/**
 * Reads what else a decision on capacity should know, if it would take something or is puzzled. The same
 * observation means that there is nothing more to know.
 */
export const lookCloser = async (
  ports: SecondLookAtGroup,
  observation: Observation,
  decision: CapacityDecision,
): Promise<Observation> => {
  const wants = wantsOf(observation, decision);
  return isFound(observation) && (wants.obstacles || wants.activities)
    ? look(ports, observation, wants)
    : observation;
};

const look = async (
  { readObstacles, readActivities, note }: SecondLookAtGroup,
  observation: GroupObservation,
  wants: Wants,
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

/** Reads what forbids removals, and who is new in the group, if there would be a removal. */
export const lookCloserAtTargets = async (
  { readObstacles, readLaunches, readFailOpen, readManaged }: SecondLookAtTargets,
  observation: HealthObservation,
): Promise<HealthObservation> => {
  const { state, head, targets } = observation;
  const mayRemove = head.inFlight !== undefined || isAction(decideHealth(observation));
  if (state === undefined || !mayRemove) return observation;

  const graceSeconds = graceSecondsOf(observation);
  const arns = [...new Set(targets.map(({ targetGroupArn }) => targetGroupArn))];
  const given = Object.values(head.probations).map(({ targetGroupArn }) => targetGroupArn);
  const [obstacles, launches, failOpen, managed] = await Promise.all([
    readObstacles(state),
    graceSeconds === 0 ? {} : readLaunches(state.autoScalingGroup, graceSeconds),
    readFailOpen(arns),
    readManaged([...new Set([...arns, ...given])]),
  ]);
  return { ...observation, obstacles, launches, failOpen, managed };
};
