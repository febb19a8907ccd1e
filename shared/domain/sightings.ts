import { type HealthObservation, keyOf, type Target } from './health-observation.ts';
import type { Instant } from './instant.ts';

/**
 * A target that fails for a reason of its own. `Elb.*` reasons are the load balancer's fault, and
 * every other state is either fine, on its way in, or on its way out.
 */
export const isFailing = ({ state, reason }: Target): boolean =>
  state === 'unhealthy' && reason.startsWith('Target.');

/** A target that is meant to serve; what drains or is unused is no part of the fleet. */
export const isCounted = ({ state }: Target): boolean =>
  state === 'healthy' || state === 'unhealthy' || state === 'initial';

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
