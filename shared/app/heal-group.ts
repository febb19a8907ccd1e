import { decideHealRecovery } from '../domain/decide-heal-recovery.ts';
import { decideRemovals } from '../domain/decide-removals.ts';
import { type HealthDecision, isAction, type Removal } from '../domain/decision.ts';
import { type Disposition, done } from '../domain/disposition.ts';
import type { HealHead, InFlight } from '../domain/head.ts';
import type { HealthObservation } from '../domain/health-observation.ts';
import {
  haveSightingsChanged,
  heldHealHead,
  plannedHealHead,
  settledHealHead,
} from '../domain/next-heal-head.ts';
import { type Answer, applied } from '../domain/outcome.ts';
import { type Attempts, attemptRepeatedly, type Step } from './attempt.ts';
import { hold } from './hold.ts';
import { type Planned, type SettlePorts, settle, supersede } from './settle.ts';

export type HealGroupPorts = SettlePorts<HealHead> &
  Attempts<HealthObservation> &
  Readonly<{
    /** DeregisterTargets: traffic drains at once. Repeating it does no harm. */
    deregister: (removal: Removal) => Promise<Answer>;
    /** SetInstanceHealth Unhealthy, with the grace period respected: the group replaces it. */
    condemn: (instanceId: string) => Promise<Answer>;
  }>;

/** Evaluates one group's targets and carries the decision out: plan, act, tell, settle. */
export const healGroup =
  (ports: HealGroupPorts) =>
  (first: HealthObservation): Promise<Disposition> =>
    attemptRepeatedly(ports, first, (observation) => evaluate(ports, observation));

const evaluate = (ports: HealGroupPorts, observation: HealthObservation): Promise<Step> => {
  const { inFlight } = observation.head;
  if (inFlight) return recover(ports, observation, inFlight);

  const decision = decideRemovals(observation);
  if (isAction(decision)) return remove(ports, observation, decision);

  const next = heldHealHead(observation, decision);
  return hold(ports, {
    ...{ observation, decision, next },
    mustWrite: haveSightingsChanged(observation),
  });
};

const remove = async (
  ports: HealGroupPorts,
  observation: HealthObservation,
  decision: HealthDecision,
): Promise<Step> => {
  const planned = plannedHealHead(observation, decision);
  const entry = { kind: 'open', status: 'planned', decision, observation } as const;
  if (!(await ports.ledger.write(decision.group, planned, entry))) return 'again';

  ports.note({ kind: 'decided', decision, isRecorded: true });
  return finish(ports, { planned, decision, settled: settledHealHead }, decision.removals);
};

const finish = async (
  ports: HealGroupPorts,
  plan: Planned<HealHead, HealthDecision>,
  removals: readonly Removal[],
): Promise<Step> => {
  const answer = await takeOut(ports, removals);
  await settle(ports, plan, answer);

  return answer.kind === 'refused' && answer.reason === 'Throttled'
    ? { kind: 'retry', error: new Error(answer.detail) }
    : done;
};

/** One target after the other, each out of traffic before it is condemned; a refusal ends it. */
const takeOut = async (ports: HealGroupPorts, removals: readonly Removal[]): Promise<Answer> => {
  for (const removal of removals) {
    const deregistered = await ports.deregister(removal);
    if (deregistered.kind === 'refused') return deregistered;
    if (removal.instanceId === undefined) continue;

    const condemned = await ports.condemn(removal.instanceId);
    if (condemned.kind === 'refused') return condemned;
  }
  return applied;
};

/** Brings removals that an earlier invocation planned to their end. */
const recover = async (
  ports: HealGroupPorts,
  observation: HealthObservation,
  inFlight: InFlight<HealthDecision>,
): Promise<Step> => {
  const { decision } = inFlight;
  const plan = { planned: observation.head, decision, settled: settledHealHead };
  const recovery = decideHealRecovery(observation, inFlight);
  if (recovery.kind === 'wait') {
    ports.note({ kind: 'coalesced', group: decision.group, detail: recovery.detail });
    return done;
  }

  ports.note({ kind: 'recovered', decision, how: recovery.kind, detail: recovery.detail });
  switch (recovery.kind) {
    case 'applied':
      await settle(ports, plan, applied);
      return 'again';
    case 'supersede':
      await supersede(ports, plan);
      return 'again';
    case 'finish':
      return takeOver(ports, observation, { decision, removals: recovery.removals });
  }
};

type Rest = Readonly<{ decision: HealthDecision; removals: readonly Removal[] }>;

/** Claims the decision with a write, so that two sweeps never finish it side by side. */
const takeOver = async (
  ports: HealGroupPorts,
  observation: HealthObservation,
  { decision, removals }: Rest,
): Promise<Step> => {
  const planned = plannedHealHead(observation, decision);
  if (!(await ports.ledger.write(decision.group, planned))) return 'again';

  return finish(ports, { planned, decision, settled: settledHealHead }, removals);
};
