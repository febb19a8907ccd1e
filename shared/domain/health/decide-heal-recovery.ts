import { IN_FLIGHT_MS } from '#domain/capacity/decide-recovery.ts';
import { type HealthDecision, type Registration, returnsOf } from '#domain/ledger/decision.ts';
import type { InFlight } from '#domain/ledger/head.ts';
import type { Instance } from '#domain/observed/group-state.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import { byTarget, type Leaving, narrowedTo, type PlannedSteps, stepsOut } from './heal-steps.ts';
import { type HealthObservation, keyOf, keyOfRegistration } from './health-observation.ts';
import { isStandingBy } from './quarantine.ts';
import { isCounted } from './sightings.ts';

/**
 * The end of a plan on targets that was not settled. `finish` names what is left to be done for those
 * that were begun: out of the load balancer, but not yet marked for replacement, they would serve nobody
 * and cost money for ever. Those that were not begun are judged afresh: `decision` is without them. After
 * the last attempt whoever is still half-way is put back.
 */
export type HealRecovery =
  | Readonly<{ kind: 'wait' | 'supersede'; detail: string }>
  | Readonly<{ kind: 'applied'; decision: HealthDecision; detail: string }>
  | Readonly<{
      kind: 'finish';
      decision: HealthDecision;
      plannedSteps: readonly PlannedSteps[];
      isLast: boolean;
      detail: string;
    }>;

/** For so long, and so often, a plan that was begun is tried to be finished. */
const FINISH_WITHIN_MS = 10 * MINUTE_MS;
const FINISH_ATTEMPTS = 3;

export const decideHealRecovery = (
  observation: HealthObservation,
  inFlight: InFlight<HealthDecision>,
): HealRecovery => {
  const { decision, claimedAt } = inFlight;
  if (observation.now - claimedAt < IN_FLIGHT_MS) {
    return { kind: 'wait', detail: `${decision.id} is still in flight` };
  }

  const returns = returnsOf(decision);
  if (returns.length > 0) {
    const back = returns.filter((registration) => isRegistered(observation, registration));
    const subjects = back.map((registration) => keyOfRegistration(registration));
    const detail = `${back.length} of ${returns.length} registered`;
    return ended(narrowedTo(decision, subjects), back.length > 0, detail);
  }
  if (decision.released !== undefined) {
    const isOver = !standsBy(observation, decision.released);
    return ended(decision, isOver, 'the quarantine is over');
  }
  return recoverRemovals(observation, inFlight);
};

const ended = (decision: HealthDecision, isDone: boolean, detail: string): HealRecovery =>
  isDone
    ? { kind: 'applied', decision, detail }
    : { kind: 'supersede', detail: 'nothing was done yet' };

const recoverRemovals = (
  observation: HealthObservation,
  { decision, attempts = 0 }: InFlight<HealthDecision>,
): HealRecovery => {
  const each = byTarget(decision.removals).map((leaving) => progressOf(observation, leaving));
  const begun = each.filter(({ isBegun }) => isBegun);
  if (begun.length === 0) return { kind: 'supersede', detail: 'no target was deregistered' };

  const narrowed = narrowedTo(
    decision,
    begun.map(({ subject }) => subject),
  );
  const plannedSteps = begun.filter(({ steps }) => steps.length > 0);
  if (plannedSteps.length === 0) {
    const detail = 'every deregistered target is gone or marked';
    return { kind: 'applied', decision: narrowed, detail };
  }

  const isLate = observation.now - decision.at >= FINISH_WITHIN_MS;
  return {
    kind: 'finish',
    decision: narrowed,
    plannedSteps: plannedSteps.map(({ subject, steps }) => ({ subject, steps })),
    isLast: isLate && attempts >= FINISH_ATTEMPTS - 1,
    detail: `${plannedSteps.length} not yet marked`,
  };
};

type Progress = PlannedSteps & Readonly<{ isBegun: boolean }>;

/** Finds how far the removals of one target have come, and the steps that are left. */
const progressOf = (
  observation: HealthObservation,
  { targetId, instanceId, standby, registrations }: Leaving,
): Progress => {
  if (instanceId !== undefined && standby !== undefined) {
    return { subject: targetId, steps: [], isBegun: standsBy(observation, instanceId) };
  }

  const left = registrations.filter((removal) => isRegistered(observation, removal));
  const isBegun = left.length < registrations.length;
  const isSeenTo = instanceId !== undefined && isGoing(observation, instanceId);
  return { subject: targetId, steps: isSeenTo ? [] : stepsOut(left, instanceId), isBegun };
};

/** Meant to serve; what drains or is unused was deregistered. */
const isRegistered = ({ targets }: HealthObservation, registration: Registration): boolean => {
  const key = keyOfRegistration(registration);
  return targets.some((target) => keyOf(target) === key && isCounted(target));
};

const standsBy = ({ state }: HealthObservation, instanceId: string): boolean =>
  state?.instances.some((instance) => instance.id === instanceId && isStandingBy(instance)) ??
  false;

/** Gone, marked, on its way out or aside: its group, or a person, sees to it. A new state counts as there. */
const isGoing = ({ state }: HealthObservation, instanceId: string): boolean => {
  const member = state?.instances.find(({ id }) => id === instanceId);
  return member === undefined || !member.isHealthy || isAway(member);
};

const isAway = ({ lifecycleState }: Instance): boolean =>
  AWAY.some((begin) => lifecycleState.startsWith(begin));

const AWAY = ['Terminat', 'Detach', 'Standby', 'EnteringStandby', 'Warmed'];
