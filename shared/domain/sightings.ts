import { type HealthObservation, keyOf, type Target } from './health-observation.ts';
import type { Instant } from './instant.ts';
import { countOf } from './target-states.ts';

/** True of a target that fails for a reason of its own. */
export const isFailing = (target: Target): boolean => countOf(target).isOwnFault;

/** True of a target that is not known to be well, whoever's fault that is. */
export const isSick = (target: Target): boolean => countOf(target).isSick;

/** True of a target that is known to serve. */
export const isHealthy = (target: Target): boolean => countOf(target).isHealthy;

/** True of a target that is meant to serve; what drains or is unused is no part of the fleet. */
export const isCounted = (target: Target): boolean => countOf(target).isMember;

/** So many machines or addresses are meant to serve, each counted once. */
export const fleetSize = ({ targets }: Pick<HealthObservation, 'targets'>): number =>
  new Set(targets.filter((target) => isCounted(target)).map(({ id }) => id)).size;

/** When each failing target was first seen; one that recovered is forgotten. */
export const nextSightings = ({
  targets,
  head,
  now,
}: HealthObservation): Readonly<Record<string, Instant>> =>
  Object.fromEntries(
    targets
      .filter((target) => isFailing(target))
      .map((target) => [keyOf(target), head.sightings[keyOf(target)] ?? now]),
  );

/** For so long after its launch an instance may be unhealthy. */
export const graceSecondsOf = ({
  state,
  group,
}: Pick<HealthObservation, 'state' | 'group'>): number =>
  Math.max(state?.graceSeconds ?? 0, group.behavior.warmupSeconds);
