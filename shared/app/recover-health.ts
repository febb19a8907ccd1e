import { decideHealRecovery } from '../domain/decide-heal-recovery.ts';
import type { HealthDecision, Removal } from '../domain/decision.ts';
import { done } from '../domain/disposition.ts';
import type { InFlight } from '../domain/head.ts';
import type { HealthObservation } from '../domain/health-observation.ts';
import { plannedHealHead, settledHealHead } from '../domain/next-heal-head.ts';
import { applied } from '../domain/outcome.ts';
import type { Step } from './attempt.ts';
import { carryOutHealth, type HealthPorts } from './carry-out-health.ts';
import { settle, supersede } from './settle.ts';

/** Brings a decision that an earlier invocation planned to its end. */
export const recoverHealth = async (
  ports: HealthPorts,
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
      return finish(ports, observation, { decision, removals: recovery.removals });
  }
};

type Rest = Readonly<{ decision: HealthDecision; removals: readonly Removal[] }>;

/** Claims the decision with a write, so that two sweeps never finish it side by side. */
const finish = async (
  ports: HealthPorts,
  observation: HealthObservation,
  { decision, removals }: Rest,
): Promise<Step> => {
  const planned = plannedHealHead(observation, decision);
  if (!(await ports.ledger.write(decision.group, planned))) return 'again';

  return carryOutHealth(ports, { planned, decision, removals });
};
