import type { Instance } from './group-state.ts';
import { type HealthObservation, keyOf, type Target } from './health-observation.ts';
import { type Instant, SECOND_MS } from './instant.ts';

/**
 * A target that fails for a reason of its own. `Elb.*` reasons are the load balancer's fault, and
 * every other state is either fine, on its way in, or on its way out.
 */
export const isFailing = ({ state, reason }: Target): boolean =>
  state === 'unhealthy' && reason.startsWith('Target.');

/** A target that is meant to serve; what drains or is unused is no part of the fleet. */
export const isCounted = ({ state }: Target): boolean =>
  state === 'healthy' || state === 'unhealthy' || state === 'initial';

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

/** The failing targets that were sighted long enough ago and may be touched, longest-failing first. */
export const candidatesOf = (observation: HealthObservation): readonly Target[] => {
  const { targets, head, now, group } = observation;
  const waitMs = group.health.unhealthyForSeconds * SECOND_MS;

  return targets
    .filter((target) => isFailing(target) && isTouchable(observation, target))
    .flatMap((target) => {
      const since = head.sightings[keyOf(target)];
      return since === undefined || now - since < waitMs ? [] : [{ target, since }];
    })
    .toSorted((a, b) => a.since - b.since || (keyOf(a.target) < keyOf(b.target) ? -1 : 1))
    .map(({ target }) => target);
};

/** Members that are new, starting, standing by, leaving, protected or already condemned are left alone. */
const isTouchable = (observation: HealthObservation, target: Target): boolean => {
  const member = observation.state?.instances.find(({ id }) => id === target.id);
  return member === undefined || (isReplaceable(member) && !isNew(observation, member));
};

/** Auto Scaling ignores a mark within the grace period: out of traffic, it would serve nobody for ever. */
const isNew = (observation: HealthObservation, { id }: Instance): boolean => {
  const { launches = {}, now } = observation;
  const since = launches[id];
  return since !== undefined && now - since < graceSecondsOf(observation) * SECOND_MS;
};

/** For so long after its launch an instance may be unhealthy. */
export const graceSecondsOf = ({
  state,
  group,
}: Pick<HealthObservation, 'state' | 'group'>): number =>
  Math.max(state?.graceSeconds ?? 0, group.behavior.warmupSeconds);

const isReplaceable = ({ lifecycleState, isHealthy, isProtected }: Instance): boolean =>
  lifecycleState === 'InService' && isHealthy && !isProtected;
