import { decideHealth } from '#domain/health/decide-health.ts';
import { type HealthObservation, isLookedAt } from '#domain/health/health-observation.ts';
import { graceSecondsOf } from '#domain/health/sightings.ts';
import { isAction } from '#domain/ledger/decision.ts';
import type { HealReads } from './ports.ts';

/** Reads what forbids removals, and who is new in the group, if there would be a removal. */
export const readOnDemand = async (
  { readObstacles, readLaunches, readFailOpen, readManaged }: HealReads,
  observation: HealthObservation,
): Promise<HealthObservation> => {
  const { state, head, targets } = observation;
  const mayRemove = head.inFlight !== undefined || isAction(decideHealth(observation));
  if (state === undefined || !mayRemove) return observation;

  const graceSeconds = graceSecondsOf(observation);
  const arns = [...new Set(targets.map(({ targetGroupArn }) => targetGroupArn))];
  const given = Object.values(head.probations)
    .map(({ targetGroupArn }) => targetGroupArn)
    .filter((arn) => isLookedAt(observation, arn));
  const [obstacles, launches, failOpen, managed] = await Promise.all([
    readObstacles(state),
    graceSeconds === 0 ? {} : readLaunches(state.autoScalingGroup, graceSeconds),
    readFailOpen(arns),
    readManaged([...new Set([...arns, ...given])]),
  ]);
  return { ...observation, obstacles, launches, failOpen, managed };
};
