import { isReplaceable } from '#domain/observed/group-state.ts';
import { countOf } from '#domain/observed/target-states.ts';
import type { Instant } from '#domain/time/instant.ts';
import { type HealthObservation, keyOf, ownTargets, type Target } from './health-observation.ts';

/** True of a target that fails for a reason of its own. */
export const isFailing = (target: Target): boolean => countOf(target).isOwnFault;

/** True of a target that is not known to be well, whoever's fault that is. */
export const isSick = (target: Target): boolean => countOf(target).isSick;

/** True of a target that is known to serve. */
export const isHealthy = (target: Target): boolean => countOf(target).isHealthy;

/** True of a target that is meant to serve; what drains or is unused is no part of the fleet. */
export const isCounted = (target: Target): boolean => countOf(target).isMember;

/** So many machines or addresses of the group are meant to serve, each counted once. */
export const fleetSize = (
  observation: Pick<HealthObservation, 'group' | 'state' | 'targets'>,
): number =>
  new Set(
    ownTargets(observation)
      .filter((target) => isCounted(target))
      .map(({ id }) => id),
  ).size;

/** A head is one item, so it remembers at most so many failing targets: more than are taken out in an hour. */
const MOST_SIGHTINGS = 500;

type Sighting = Readonly<{ id: string; key: string; since: Instant }>;

/**
 * Remembers when each failing target was first seen; one that recovered is forgotten. Of very many those are
 * kept that can be replaced and have failed the longest, each machine with all its targets; the others
 * follow when these are gone.
 */
export const nextSightings = (
  observation: HealthObservation,
): Readonly<Record<string, Instant>> => {
  const { head, now } = observation;
  const sightings = ownTargets(observation)
    .filter((target) => isFailing(target))
    .map((target) => {
      const key = keyOf(target);
      return { id: target.id, key, since: head.sightings[key] ?? now };
    });
  const kept = sightings.length <= MOST_SIGHTINGS ? sightings : longest(observation, sightings);
  return Object.fromEntries(kept.map(({ key, since }) => [key, since]));
};

const longest = (
  { state }: HealthObservation,
  sightings: readonly Sighting[],
): readonly Sighting[] => {
  const members = new Map(state?.instances.map((instance) => [instance.id, instance]));
  const machines = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const of = machines.get(sighting.id);
    if (of === undefined) machines.set(sighting.id, [sighting]);
    else of.push(sighting);
  }
  const rankOf = (id: string): number => {
    const member = members.get(id);
    return member === undefined || isReplaceable(member) ? 0 : 1;
  };
  const sinceOf = (of: readonly Sighting[]): Instant => Math.min(...of.map(({ since }) => since));
  const kept: Sighting[] = [];
  const ranked = [...machines]
    .map(([id, of]) => ({ id, of, rank: rankOf(id), since: sinceOf(of) }))
    .toSorted((a, b) => a.rank - b.rank || a.since - b.since || (a.id < b.id ? -1 : 1));
  for (const { of } of ranked) if (kept.length + of.length <= MOST_SIGHTINGS) kept.push(...of);
  return kept;
};

/** For so long after its launch an instance may be unhealthy. */
export const graceSecondsOf = ({
  state,
  group,
}: Pick<HealthObservation, 'state' | 'group'>): number =>
  Math.max(state?.graceSeconds ?? 0, group.behavior.warmupSeconds);
