import type { Step } from '#app/lane/retry-lost-race.ts';
import { settle, supersede } from '#app/lane/settle.ts';
import { decideRecovery } from '#domain/capacity/decide-recovery.ts';
import { plannedHead, settledHead } from '#domain/capacity/next-scale-head.ts';
import type { Observation } from '#domain/capacity/observation.ts';
import { leftToSweep } from '#domain/lane/disposition.ts';
import type { CapacityDecision } from '#domain/ledger/decision.ts';
import type { InFlight } from '#domain/ledger/head.ts';
import { applied } from '#domain/ledger/outcome.ts';
import { carryOutCapacity } from './carry-out-capacity.ts';
import type { ScalePorts } from './ports.ts';

/** Brings a decision that an earlier invocation planned to its end. */
export const recoverCapacity = async (
  ports: ScalePorts,
  observation: Observation,
  inFlight: InFlight<CapacityDecision>,
): Promise<Step> => {
  const { decision } = inFlight;
  const plan = { planned: observation.head, decision, settled: settledHead };
  const recovery = decideRecovery(observation, inFlight);
  if (recovery.kind === 'wait') {
    ports.note({ kind: 'coalesced', group: decision.group, detail: recovery.detail });
    return leftToSweep;
  }

  const { kind: how, detail } = recovery;
  ports.note({ kind: 'recovered', decision, how, detail });
  switch (recovery.kind) {
    case 'applied':
      await settle(ports, plan, applied);
      return 'again';
    case 'supersede':
      await supersede(ports, plan);
      return 'again';
    case 'reissue':
      return reissue(ports, observation, recovery.decision);
  }
};

/** Takes the decision over with a write, so that two sweeps never finish it side by side. */
const reissue = async (
  ports: ScalePorts,
  observation: Observation,
  decision: CapacityDecision,
): Promise<Step> => {
  const planned = plannedHead(observation, decision);
  if (!(await ports.ledger.write(decision.group, planned))) return 'again';

  return carryOutCapacity(ports, { planned, decision });
};
