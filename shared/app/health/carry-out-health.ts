import { lookAgainSoon } from '#app/lane/look-again-soon.ts';
import type { Step } from '#app/lane/retry-lost-race.ts';
import { type Planned, settle } from '#app/lane/settle.ts';
import {
  type HealStep,
  narrowedTo,
  type PlannedSteps,
  withFirstReturn,
} from '#domain/health/heal-steps.ts';
import { narrowedHealHead, settledHealHeadWithout } from '#domain/health/next-heal-head.ts';
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
  const { refusal, finished, gone, isHalfWay } = await takeSteps(plannedSteps, (step) =>
    takeStep(ports, step),
  );
  const settled = settledHealHeadWithout(gone);
  if (refusal !== undefined && isHalfWay) {
    throw new Error(`${plan.decision.id} is half done and stays in flight: ${refusal.detail}`);
  }

  if (refusal === undefined) {
    const decision = gone.length === 0 ? plan.decision : narrowedTo(plan.decision, finished);
    const planned = narrowedHealHead(plan.planned, decision);
    await settle(ports, { ...plan, planned, decision, settled }, applied);
    return done;
  }

  const isPartlyDone = finished.length > 0;
  const decision = isPartlyDone
    ? narrowedTo(plan.decision, finished)
    : withFirstReturn(plan.decision, gone);
  const planned = narrowedHealHead(plan.planned, decision);
  const answer = isPartlyDone ? applied : refusal;
  await settle(ports, { ...plan, planned, decision, settled }, answer);
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
  /**
   * The subjects that could not be registered because AWS does not know the target any more: they hold up no other. Without
   * the one whose refusal is the end.
   */
  gone: readonly string[];
  /** Absent when all steps were taken. */
  refusal?: StepRefusal;
  /** The refusal came after a step for the same subject. */
  isHalfWay: boolean;
}>;

/**
 * One step after the other; the first refusal ends it, but for targets that are gone. When all are, the refusal of the
 * first of them is the end.
 */
export const takeSteps = async (
  plannedSteps: readonly PlannedSteps[],
  act: (step: HealStep) => Promise<Answer | Unfinished>,
): Promise<StepsTaken> => {
  const finished: string[] = [];
  const gone = new Map<string, StepRefusal>();
  for (const { subject, steps } of plannedSteps) {
    const { refusal, isHalfWay } = await takeStepsOf(steps, act);
    if (refusal === undefined) finished.push(subject);
    else if (isUnknownTarget(steps, refusal)) gone.set(subject, refusal);
    else return { finished, gone: [...gone.keys()], refusal, isHalfWay };
  }
  const [first, ...others] = gone;
  return finished.length === 0 && first !== undefined
    ? { finished, gone: others.map(([subject]) => subject), refusal: first[1], isHalfWay: false }
    : { finished, gone: [...gone.keys()], isHalfWay: false };
};

type Taken = Readonly<{ refusal?: StepRefusal; isHalfWay: boolean }>;

const takeStepsOf = async (
  steps: readonly HealStep[],
  act: (step: HealStep) => Promise<Answer | Unfinished>,
): Promise<Taken> => {
  for (const [index, step] of steps.entries()) {
    const answer = await act(step);
    const isMoot = index > 0 && isGone(step, answer);
    if (answer.kind === 'refused' && !isMoot) return { refusal: answer, isHalfWay: index > 0 };
  }
  return { isHalfWay: false };
};

/** True when nothing was asked but to register a target, and AWS does not know it. */
const isUnknownTarget = (steps: readonly HealStep[], { reason }: StepRefusal): boolean =>
  steps.every(({ kind }) => kind === 'register') && reason === 'TargetGone';

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
