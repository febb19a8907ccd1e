import type { HealthDecision, Removal } from '../domain/decision.ts';
import { done } from '../domain/disposition.ts';
import type { HealHead } from '../domain/head.ts';
import { settledHealHead } from '../domain/next-heal-head.ts';
import { type Answer, applied } from '../domain/outcome.ts';
import type { Step } from './attempt.ts';
import { type Planned, type SettlePorts, settle } from './settle.ts';

export type RemovalPorts = SettlePorts<HealHead> &
  Readonly<{
    /** DeregisterTargets: traffic drains at once. Repeating it does no harm. */
    deregister: (removal: Removal) => Promise<Answer>;
    /** SetInstanceHealth Unhealthy, with the grace period respected: the group replaces it. */
    condemn: (instanceId: string) => Promise<Answer>;
  }>;

export type RemovalPlan = Omit<Planned<HealHead, HealthDecision>, 'settled'> &
  Readonly<{
    /** Those of the decision's removals that are still to be done. */
    removals: readonly Removal[];
  }>;

/**
 * Carries planned removals out and settles them. A throttle half-way leaves the decision in flight:
 * a target out of traffic whose instance was never condemned would be lost to the group.
 */
export const carryOutRemovals = async (
  ports: RemovalPorts,
  { removals, ...plan }: RemovalPlan,
): Promise<Step> => {
  const { answer, stepsDone } = await takeOut(ports, removals);
  const isThrottled = answer.kind === 'refused' && answer.reason === 'Throttled';
  if (isThrottled && stepsDone > 0) {
    throw new Error(`throttled after step ${stepsDone} of ${plan.decision.id}: ${answer.detail}`);
  }

  await settle(ports, { ...plan, settled: settledHealHead }, answer);
  return isThrottled ? { kind: 'retry', error: new Error(answer.detail) } : done;
};

type Progress = Readonly<{ answer: Answer; stepsDone: number }>;

/** One target after the other, each out of traffic before it is condemned; a refusal ends it. */
const takeOut = async (ports: RemovalPorts, removals: readonly Removal[]): Promise<Progress> => {
  const steps = removals.flatMap((removal) => stepsOf(ports, removal));

  for (const [stepsDone, step] of steps.entries()) {
    const answer = await step();
    if (answer.kind === 'refused') return { answer, stepsDone };
  }
  return { answer: applied, stepsDone: steps.length };
};

const stepsOf = (
  { deregister, condemn }: RemovalPorts,
  removal: Removal,
): readonly (() => Promise<Answer>)[] => {
  const { instanceId } = removal;
  const leave = () => deregister(removal);
  return instanceId === undefined ? [leave] : [leave, () => condemn(instanceId)];
};
