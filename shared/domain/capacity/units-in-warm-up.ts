import { SECOND_MS } from '#domain/time/instant.ts';
import { currentCapacity, type GroupObservation, STALE_READ_SECONDS } from './observation.ts';
import { comingInstances } from './stuck-instances.ts';

/**
 * Units that do not take their share of the load yet, and will: instances on their way that are not stuck,
 * and what we added within the warm-up. A read that lags shows no pending instance, so the last minute's
 * additions always count.
 */
export const unitsInWarmUp = (observation: GroupObservation): number => {
  const { head, now } = observation;
  const warmupMs = warmupSecondsOf(observation) * SECOND_MS;
  const coming = comingInstances(observation).reduce((sum, { weight }) => sum + weight, 0);
  const added = head.changes
    .filter(({ at }) => now - at < warmupMs)
    .reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0);

  return Math.min(currentCapacity(observation), Math.max(coming, added));
};

/** For how long what we added counts as warming up. */
export const warmupSecondsOf = ({ group }: GroupObservation): number =>
  Math.max(group.behavior.warmupSeconds, STALE_READ_SECONDS);
