import type { HealthDecision, Registration, Removal, StandBy } from '../domain/decision.ts';
import { done } from '../domain/disposition.ts';
import type { HealHead } from '../domain/head.ts';
import { settledHealHead } from '../domain/next-heal-head.ts';
import { type Answer, applied } from '../domain/outcome.ts';
import type { Step } from './attempt.ts';
import { type Planned, type SettlePorts, settle } from './settle.ts';

export type HealthPorts = SettlePorts<HealHead> &
  Readonly<{
    /** DeregisterTargets: traffic drains at once. Repeating it does no harm. */
    deregister: (removal: Removal) => Promise<Answer>;
    /** RegisterTargets: it gets traffic once its health checks pass. Repeating it does no harm. */
    register: (registration: Registration) => Promise<Answer>;
    /** SetInstanceHealth Unhealthy, with the grace period respected: the group replaces it. */
    condemn: (instanceId: string) => Promise<Answer>;
    /** EnterStandby: out of every load balancer, running on; the group may launch another one. */
    standBy: (standBy: StandBy) => Promise<Answer>;
    /** TerminateInstanceInAutoScalingGroup, of an instance that stands by and is counted nowhere. */
    release: (instanceId: string) => Promise<Answer>;
  }>;

export type HealthPlan = Omit<Planned<HealHead, HealthDecision>, 'settled'> &
  Readonly<{
    /** Those of the decision's removals that are still to be done. */
    removals: readonly Removal[];
  }>;

/**
 * Carries a planned decision on targets out and settles it. A throttle half-way leaves the decision in
 * flight: a target out of traffic whose instance was never condemned would be lost to the group.
 */
export const carryOutHealth = async (
  ports: HealthPorts,
  { removals, ...plan }: HealthPlan,
): Promise<Step> => {
  const { answer, stepsDone } = await take(stepsOf(ports, plan.decision, removals));
  const isThrottled = answer.kind === 'refused' && answer.reason === 'Throttled';
  if (isThrottled && stepsDone > 0) {
    throw new Error(`throttled after step ${stepsDone} of ${plan.decision.id}: ${answer.detail}`);
  }

  await settle(ports, { ...plan, settled: settledHealHead }, answer);
  return isThrottled ? { kind: 'retry', error: new Error(answer.detail) } : done;
};

type Act = () => Promise<Answer>;
type Progress = Readonly<{ answer: Answer; stepsDone: number }>;

/** One step after the other; a refusal ends it. */
const take = async (steps: readonly Act[]): Promise<Progress> => {
  for (const [stepsDone, step] of steps.entries()) {
    const answer = await step();
    if (answer.kind === 'refused') return { answer, stepsDone };
  }
  return { answer: applied, stepsDone: steps.length };
};

const stepsOf = (
  ports: HealthPorts,
  { autoScalingGroup, returned, released }: HealthDecision,
  removals: readonly Removal[],
): readonly Act[] => [
  ...idsIn(removals).flatMap((id) => {
    const registrations = removals.filter(({ targetId }) => targetId === id);
    return stepsOutOf(ports, autoScalingGroup, registrations);
  }),
  ...(returned === undefined ? [] : [() => ports.register(returned)]),
  ...(released === undefined ? [] : [() => ports.release(released)]),
];

const idsIn = (removals: readonly Removal[]): readonly string[] => [
  ...new Set(removals.map(({ targetId }) => targetId)),
];

/** Out of all its target groups before it is condemned; standing by, it leaves them by itself. */
const stepsOutOf = (
  { deregister, condemn, standBy }: HealthPorts,
  autoScalingGroup: string,
  registrations: readonly Removal[],
): readonly Act[] => {
  const [first] = registrations;
  const { instanceId, standby } = first ?? {};
  if (instanceId !== undefined && standby !== undefined) {
    return [() => standBy({ autoScalingGroup, instanceId, isReplaced: standby.isReplaced })];
  }

  const leave = registrations.map((removal) => () => deregister(removal));
  return instanceId === undefined ? leave : [...leave, () => condemn(instanceId)];
};
