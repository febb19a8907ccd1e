import { attemptRepeatedly, type ObserveAgain, type Step } from '#app/lane/attempt.ts';
import { hold } from '#app/lane/hold.ts';
import { storeRepaired } from '#app/lane/store-repaired.ts';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import { heldHead, isWorthKeeping, plannedHead } from '#domain/capacity/next-scale-head.ts';
import type { Observation } from '#domain/capacity/observation.ts';
import type { Disposition } from '#domain/lane/disposition.ts';
import { type CapacityDecision, isAction } from '#domain/ledger/decision.ts';
import { carryOutCapacity } from './carry-out-capacity.ts';
import type { ScalePorts } from './ports.ts';
import { readOnDemand } from './read-on-demand.ts';
import { recoverCapacity } from './recover-capacity.ts';

/** Evaluates one group and carries the decision out: plan, act, tell, settle. */
export const scaleGroup = (
  ports: ScalePorts,
  first: Observation,
  observeAgain: ObserveAgain<Observation>,
): Promise<Disposition> =>
  attemptRepeatedly({ observeAgain, note: ports.note }, first, (seen) =>
    seen.isClockRepaired ? storeRepaired(ports, seen) : evaluate(ports, seen),
  );

const evaluate = async (ports: ScalePorts, seen: Observation): Promise<Step> => {
  const preliminary = decideCapacity(seen);
  const observation = await readOnDemand(ports, seen, preliminary);
  const { inFlight } = observation.head;
  if (inFlight) return recoverCapacity(ports, observation, inFlight);

  const decision = observation === seen ? preliminary : decideCapacity(observation);
  if (isAction(decision)) return change(ports, observation, decision);

  const next = heldHead(observation, decision);
  const mustWrite = isWorthKeeping(observation, decision);
  return hold(ports, { observation, decision, next, mustWrite });
};

/** Plans a decision in the ledger before it acts: a plan is found again after a crash. */
const change = async (
  ports: ScalePorts,
  observation: Observation,
  decision: CapacityDecision,
): Promise<Step> => {
  const planned = plannedHead(observation, decision);
  const entry = { kind: 'open', status: 'planned', decision, observation } as const;
  if (!(await ports.ledger.write(decision.group, planned, entry))) return 'again';

  ports.note({ kind: 'decided', decision, isRecorded: true });
  return carryOutCapacity(ports, { planned, decision, notifiedAlarms: observation.heard });
};
