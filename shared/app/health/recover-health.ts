import type { Step } from '#app/lane/retry-lost-race.ts';
import { settle, supersede } from '#app/lane/settle.ts';
import { asError } from '#domain/basics/as-error.ts';
import { decideHealRecovery, type HealRecovery } from '#domain/health/decide-heal-recovery.ts';
import { narrowedTo } from '#domain/health/heal-steps.ts';
import type { HealthObservation } from '#domain/health/health-observation.ts';
import {
  claimedHealHead,
  narrowedHealHead,
  settledHealHead,
  settledHealHeadWithout,
  undoneHealHead,
} from '#domain/health/next-heal-head.ts';
import { done } from '#domain/lane/disposition.ts';
import type { HealthDecision } from '#domain/ledger/decision.ts';
import type { InFlight } from '#domain/ledger/head.ts';
import { applied, type Unfinished } from '#domain/ledger/outcome.ts';
import { type HealthPlan, type StepsTaken, takeStep, takeSteps } from './carry-out-health.ts';
import type { HealPorts } from './ports.ts';

/** Brings a decision that an earlier invocation planned to its end. */
export const recoverHealth = async (
  ports: HealPorts,
  observation: HealthObservation,
  inFlight: InFlight<HealthDecision>,
): Promise<Step> => {
  const { decision } = inFlight;
  const recovery = decideHealRecovery(observation, inFlight);
  if (recovery.kind === 'wait') {
    ports.note({ kind: 'coalesced', group: decision.group, detail: recovery.detail });
    return done;
  }

  ports.note({ kind: 'recovered', decision, how: recovery.kind, detail: recovery.detail });
  const plan = { planned: observation.head, decision, settled: settledHealHead };
  switch (recovery.kind) {
    case 'applied': {
      const planned = narrowedHealHead(observation.head, recovery.decision);
      await settle(ports, { ...plan, planned, decision: recovery.decision }, applied);
      return 'again';
    }
    case 'supersede':
      await supersede(ports, plan);
      return 'again';
    case 'finish':
      return finish(ports, observation, recovery);
  }
};

type Finish = Extract<HealRecovery, { kind: 'finish' }>;

/** Claims the decision with a write, so that two sweeps never finish it side by side. */
const finish = async (
  ports: HealPorts,
  observation: HealthObservation,
  { decision, plannedSteps, isLast }: Finish,
): Promise<Step> => {
  const planned = claimedHealHead(observation, decision);
  if (!(await ports.ledger.write(decision.group, planned))) return 'again';

  const taken = await takeSteps(plannedSteps, (step) => {
    const answer = takeStep(ports, step);
    return isLast ? answer.catch(asRefusal) : answer;
  });
  const { refusal, finished, gone } = taken;
  if (refusal === undefined) {
    const rest = gone.length === 0 ? decision : narrowedTo(decision, finished);
    const plan = { planned: narrowedHealHead(planned, rest), decision: rest };
    await settle(ports, { ...plan, settled: settledHealHeadWithout(gone) }, applied);
    return done;
  }
  if (!isLast) {
    throw new Error(`${decision.id} is half done and stays in flight: ${refusal.detail}`);
  }
  return undo(ports, { planned, decision, plannedSteps }, { ...taken, refusal });
};

/** At the last attempt a fault that leaves open what AWS did is as good as a refusal. */
const asRefusal = (thrown: unknown): Unfinished => {
  const { name, message } = asError(thrown);
  return { kind: 'refused', reason: 'RemovalUnfinished', detail: `${name}: ${message}` };
};

/** Gives up what could not be finished: who is half-way is put back next, and a person is told why. */
const undo = async (
  ports: HealPorts,
  { planned, decision, plannedSteps }: HealthPlan,
  { finished, refusal }: Required<StepsTaken>,
): Promise<Step> => {
  const left = plannedSteps
    .map(({ subject }) => subject)
    .filter((subject) => !finished.includes(subject));
  const detail = `${refusal.detail}. ${left.join(', ')} could not be finished and is put back into service; fix the cause, such as a permission of the role of heal or the tag of a target group`;
  const settled = undoneHealHead(left, refusal.detail);
  await settle(
    ports,
    { planned, decision, settled },
    { kind: 'refused', reason: 'RemovalUnfinished', detail },
  );
  return 'again';
};
