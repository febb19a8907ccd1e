import { decideCapacity } from '../domain/decide-capacity.ts';
import { decideRecovery } from '../domain/decide-recovery.ts';
import { type CapacityDecision, isAction } from '../domain/decision.ts';
import { type Disposition, done } from '../domain/disposition.ts';
import type { InFlight, ScaleHead } from '../domain/head.ts';
import { heldHead, plannedHead, settledHead } from '../domain/next-scale-head.ts';
import type { Observation } from '../domain/observation.ts';
import { type Answer, applied } from '../domain/outcome.ts';
import { type Attempts, attemptRepeatedly, type Step } from './attempt.ts';
import { hold } from './hold.ts';
import { type Planned, type SettlePorts, settle, supersede } from './settle.ts';

export type ScaleGroupPorts = SettlePorts<ScaleHead> &
  Attempts<Observation> &
  Readonly<{
    /**
     * SetDesiredCapacity with an absolute value. It throws only when it is unknown whether AWS
     * applied the call; the decision then stays in flight until a sweep finds out.
     */
    setCapacity: (autoScalingGroup: string, capacity: number) => Promise<Answer>;
  }>;

/** What prompted the evaluation, for measuring the time from alarm to action. */
export type Prompt = Readonly<{ alarmAt?: number }>;

/** Evaluates one group and carries the decision out: plan, act, tell, settle. */
export const scaleGroup =
  (ports: ScaleGroupPorts) =>
  (first: Observation, prompt: Prompt = {}): Promise<Disposition> =>
    attemptRepeatedly(ports, first, (observation) => evaluate(ports, observation, prompt));

const evaluate = (
  ports: ScaleGroupPorts,
  observation: Observation,
  prompt: Prompt,
): Promise<Step> => {
  const { inFlight } = observation.head;
  if (inFlight) return recover(ports, observation, inFlight);

  const decision = decideCapacity(observation);
  if (isAction(decision)) return change(ports, { observation, decision, prompt });
  return hold(ports, { observation, decision, next: heldHead(observation, decision) });
};

type Change = Readonly<{ observation: Observation; decision: CapacityDecision; prompt: Prompt }>;

const change = async (
  ports: ScaleGroupPorts,
  { observation, decision, prompt }: Change,
): Promise<Step> => {
  const planned = plannedHead(observation, decision);
  const entry = { kind: 'open', status: 'planned', decision, observation } as const;
  if (!(await ports.ledger.write(decision.group, planned, entry))) return 'again';

  ports.note({ kind: 'decided', decision, isRecorded: true });
  return finish(ports, { planned, decision, settled: settledHead, ...prompt });
};

const finish = async (
  ports: ScaleGroupPorts,
  plan: Planned<ScaleHead, CapacityDecision>,
): Promise<Step> => {
  const answer = await ports.setCapacity(plan.decision.autoScalingGroup, plan.decision.to);
  await settle(ports, plan, answer);

  if (answer.kind === 'applied') return done;
  if (answer.reason === 'OutOfBounds') return 'again';
  return answer.reason === 'Throttled' ? { kind: 'retry', error: new Error(answer.detail) } : done;
};

/** Brings a decision that an earlier invocation planned to its end. */
const recover = async (
  ports: ScaleGroupPorts,
  observation: Observation,
  inFlight: InFlight<CapacityDecision>,
): Promise<Step> => {
  const { decision } = inFlight;
  const plan = { planned: observation.head, decision, settled: settledHead };
  const { kind, detail } = decideRecovery(observation, inFlight);
  if (kind === 'wait') {
    ports.note({ kind: 'coalesced', group: decision.group, detail });
    return done;
  }

  ports.note({ kind: 'recovered', decision, how: kind, detail });
  switch (kind) {
    case 'applied':
      await settle(ports, plan, applied);
      return 'again';
    case 'supersede':
      await supersede(ports, plan);
      return 'again';
    case 'reissue':
      return reissue(ports, observation, decision);
  }
};

/** Takes the decision over with a write, so that two sweeps never finish it side by side. */
const reissue = async (
  ports: ScaleGroupPorts,
  observation: Observation,
  decision: CapacityDecision,
): Promise<Step> => {
  const planned = plannedHead(observation, decision);
  if (!(await ports.ledger.write(decision.group, planned))) return 'again';

  return finish(ports, { planned, decision, settled: settledHead });
};
