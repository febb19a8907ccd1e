import { IN_FLIGHT_MS } from './decide-recovery.ts';
import type { HealthDecision, Registration, Removal } from './decision.ts';
import type { InFlight } from './head.ts';
import { type HealthObservation, keyOf, keyOfRegistration } from './health-observation.ts';
import { isStandingBy } from './quarantine.ts';

/**
 * What becomes of removals that were planned and not settled. `finish` names those that were begun:
 * out of the load balancer, but not yet marked for replacement, they would serve nobody and cost
 * money for ever. Those that were not begun are judged afresh.
 */
export type HealRecovery =
  | Readonly<{ kind: 'wait' | 'applied' | 'supersede'; detail: string }>
  | Readonly<{ kind: 'finish'; removals: readonly Removal[]; detail: string }>;

export const decideHealRecovery = (
  observation: HealthObservation,
  { decision, claimedAt }: InFlight<HealthDecision>,
): HealRecovery => {
  if (observation.now - claimedAt < IN_FLIGHT_MS) {
    return { kind: 'wait', detail: `${decision.id} is still in flight` };
  }

  if (decision.returned !== undefined) {
    return ended(isRegistered(observation, decision.returned), 'the target is registered');
  }
  if (decision.released !== undefined) {
    const { released } = decision;
    return ended(!standsBy(observation, released), 'the quarantine is over');
  }
  return recoverRemovals(observation, decision);
};

const ended = (isDone: boolean, detail: string): HealRecovery =>
  isDone ? { kind: 'applied', detail } : { kind: 'supersede', detail: 'nothing was done yet' };

const recoverRemovals = (
  observation: HealthObservation,
  { removals }: HealthDecision,
): HealRecovery => {
  const isBegun = (removal: Removal): boolean =>
    removal.standby === undefined
      ? !isRegistered(observation, removal)
      : standsBy(observation, removal.targetId);
  const begun = new Set(removals.filter(isBegun).map(({ targetId }) => targetId));
  if (begun.size === 0) return { kind: 'supersede', detail: 'no target was deregistered' };

  const unmarked = removals.filter(
    (removal) =>
      begun.has(removal.targetId) &&
      removal.instanceId !== undefined &&
      isServing(observation, removal.instanceId),
  );
  return unmarked.length === 0
    ? { kind: 'applied', detail: 'every deregistered target is gone or marked' }
    : { kind: 'finish', removals: unmarked, detail: `${unmarked.length} not yet marked` };
};

/** Meant to serve; what drains or is unused was deregistered. */
const isRegistered = ({ targets }: HealthObservation, registration: Registration): boolean => {
  const key = keyOfRegistration(registration);
  const target = targets.find((each) => keyOf(each) === key);
  return target !== undefined && target.state !== 'draining' && target.state !== 'unused';
};

const standsBy = ({ state }: HealthObservation, instanceId: string): boolean =>
  state?.instances.some((instance) => instance.id === instanceId && isStandingBy(instance)) ??
  false;

/** Still a member of the group that nobody has condemned. */
const isServing = ({ state }: HealthObservation, instanceId: string): boolean =>
  state?.instances.some(
    ({ id, lifecycleState, isHealthy }) =>
      id === instanceId && lifecycleState === 'InService' && isHealthy,
  ) ?? false;
