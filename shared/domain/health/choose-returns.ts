import type { Probation } from '#domain/ledger/head.ts';
import { MOST_REGISTRATIONS, mostRemovals } from './guards/pace.ts';
import {
  type HealthObservation,
  isLookedAt,
  keyOf,
  keyOfRegistration,
} from './health-observation.ts';
import { isForgotten } from './probation.ts';

/** The registrations that were out for long enough, the longest first; none that drains or stands by. */
export const dueForReturn = (observation: HealthObservation): readonly Probation[] => {
  const { targets, state, head, now } = observation;
  const isAway = (instanceId: string): boolean =>
    state?.instances.some(
      ({ id, lifecycleState }) => id === instanceId && lifecycleState !== 'InService',
    ) === true;
  return Object.values(head.probations)
    .filter(({ returnedAt, until }) => returnedAt === undefined && now >= until)
    .filter(({ targetGroupArn }) => isLookedAt(observation, targetGroupArn))
    .filter((probation) => !isForgotten(observation, probation))
    .filter(({ targetId }) => !isAway(targetId))
    .filter((probation) => {
      const key = keyOfRegistration(probation);
      return targets.every((target) => keyOf(target) !== key || target.state === 'unused');
    })
    .toSorted((a, b) => a.until - b.until);
};

/**
 * Chooses those that are registered again at one look: as many targets as may be taken out within one window, each
 * in all of its target groups, so that a fleet that lost many at once has them back as soon. Those whose removal
 * had to be undone come by themselves, for people are told another reason.
 */
export const chooseReturns = (
  observation: HealthObservation,
  due: readonly Probation[],
): readonly Probation[] => {
  const [first] = due;
  const isUndone = first?.unfinished !== undefined;
  const alike = due.filter(({ unfinished }) => (unfinished !== undefined) === isUndone);
  const targetIds = new Set(alike.map(({ targetId }) => targetId));
  const chosen = [...targetIds].slice(0, mostRemovals(observation));
  const returns = chosen.flatMap((id) => alike.filter(({ targetId }) => targetId === id));
  return returns.slice(0, MOST_REGISTRATIONS);
};
