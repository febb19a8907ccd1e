import type { Step } from '#app/lane/attempt.ts';
import { lookAgainSoon } from '#app/lane/busy.ts';
import { type Planned, settle } from '#app/lane/settle.ts';
import {
  type HealStep,
  narrowedTo,
  type PlannedSteps,
  withFirstReturn,
} from '#domain/health/heal-steps.ts';
import { narrowedHealHead, settledHealHead } from '#domain/health/next-heal-head.ts';
import { done } from '#domain/lane/disposition.ts';
import type { HealthDecision } from '#domain/ledger/decision.ts';
import type { HealHead } from '#domain/ledger/head.ts';
import { type Answer, applied, type Unfinished } from '#domain/ledger/outcome.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import type { HealPorts } from './ports.ts';

export type HealthPlan = Omit<Planned<HealHead, HealthDecision>, 'settled'> &
  Readonly<{
    /** Work that is left, one subject after the other. */
    plannedSteps: readonly PlannedSteps[];
  }>;

/**
 * Carries a planned decision on targets out and settles it. A refusal before anything was done ends it.
 * One that comes half-way leaves the decision in flight, whatever the reason: a target out of traffic whose
 * instance was never marked would be lost to the group, so it is finished later, or undone. One that comes
 * between two subjects ends it for those that were not begun.
 */
export const carryOutHealth = async (
  ports: HealPorts,
  { plannedSteps, ...plan }: HealthPlan,
): Promise<Step> => {
  const { refusal, finished, isHalfWay } = await takeSteps(plannedSteps, (step) =>
    takeStep(ports, step),
  );
  if (refusal !== undefined && isHalfWay) {
    throw new Error(`${plan.decision.id} is half done and stays in flight: ${refusal.detail}`);
  }

  if (refusal === undefined) {
    await settle(ports, { ...plan, settled: settledHealHead }, applied);
    return done;
  }

  const isPartlyDone = finished.length > 0;
  const decision = isPartlyDone
    ? narrowedTo(plan.decision, finished)
    : withFirstReturn(plan.decision);
  const planned = narrowedHealHead(plan.planned, decision);
  const answer = isPartlyDone ? applied : refusal;
  await settle(ports, { ...plan, planned, decision, settled: settledHealHead }, answer);
  return afterRefusal(refusal);
};

/** A throttle is over in a while, and a busy group in seconds; anything else is left to the sweep. */
const afterRefusal = ({ reason, detail }: StepRefusal): Step => {
  if (reason === 'Throttled') return { kind: 'retry', error: new Error(detail) };
  return reason === 'GroupBusy' ? lookAgainSoon(new Error(detail)) : done;
};

export type StepRefusal = Extract<Answer, { kind: 'refused' }> | Unfinished;

export type StepsTaken = Readonly<{
  /** The subjects with which nothing is left to be done. */
  finished: readonly string[];
  /** Absent when all steps were taken. */
  refusal?: StepRefusal;
  /** The refusal came after a step for the same subject. */
  isHalfWay: boolean;
}>;

/** One step after the other; the first refusal ends it. */
export const takeSteps = async (
  plannedSteps: readonly PlannedSteps[],
  act: (step: HealStep) => Promise<Answer | Unfinished>,
): Promise<StepsTaken> => {
  const finished: string[] = [];
  for (const { subject, steps } of plannedSteps) {
    for (const [index, step] of steps.entries()) {
      const answer = await act(step);
      const isMoot = index > 0 && isGone(step, answer);
      if (answer.kind === 'refused' && !isMoot) {
        return { finished, refusal: answer, isHalfWay: index > 0 };
      }
    }
    finished.push(subject);
  }
  return { finished, isHalfWay: false };
};

/** True when there was nothing left to deregister: a target that is gone has left its target groups. */
const isGone = ({ kind }: HealStep, answer: Answer | Unfinished): boolean =>
  kind === 'deregister' && answer.kind === 'refused' && GONE.includes(answer.reason);

const GONE: readonly Reason[] = ['TargetGone', 'GroupNotFound'];

/** Takes one step. */
export const takeStep = (ports: HealPorts, step: HealStep): Promise<Answer> => {
  switch (step.kind) {
    case 'deregister':
      return ports.deregister(step.removal);
    case 'mark-unhealthy':
      return ports.markUnhealthy(step.instanceId);
    case 'stand-by':
      return ports.standBy(step.standBy);
    case 'register':
      return ports.register(step.registration);
    case 'release':
      return ports.release(step.instanceId);
  }
};
