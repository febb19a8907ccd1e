import { hold } from '#app/lane/record-hold.ts';
import { attemptRepeatedly, type ObserveAgain, type Step } from '#app/lane/retry-lost-race.ts';
import { storeRepaired } from '#app/lane/store-repaired.ts';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import {
  heardHead,
  heldHead,
  isWorthKeeping,
  plannedHead,
} from '#domain/capacity/next-scale-head.ts';
import { isNewlyHeard, type Observation } from '#domain/capacity/observation.ts';
import type { Disposition } from '#domain/lane/disposition.ts';
import { type CapacityDecision, isAction } from '#domain/ledger/decision.ts';
import { carryOutCapacity } from './carry-out-capacity.ts';
import type { ScalePorts } from './ports.ts';
import { readOnDemand } from './read-on-demand.ts';
import { recoverCapacity } from './recover-capacity.ts';
import { type ChangeTurns, comeLater } from './turns-after-throttling.ts';

type TurnPorts = ScalePorts & Readonly<{ turns: ChangeTurns }>;

/** Evaluates one group and carries the decision out: plan, act, tell, settle. */
export const scaleGroup = (
  ports: TurnPorts,
  first: Observation,
  observeAgain: ObserveAgain<Observation>,
): Promise<Disposition> =>
  attemptRepeatedly({ observeAgain, note: ports.note }, first, (seen) =>
    seen.isClockRepaired ? storeRepaired(ports, seen) : evaluate(ports, seen),
  );

const evaluate = async (ports: TurnPorts, seen: Observation): Promise<Step> => {
  const preliminary = decideCapacity(seen);
  const observation = await readOnDemand(ports, seen, preliminary);
  const { inFlight } = observation.head;
  if (inFlight) return recoverCapacity(ports, observation, inFlight);

  const decision = observation === seen ? preliminary : decideCapacity(observation);
  if (isAction(decision)) {
    const step = await ports.turns.take(() => change(ports, observation, decision));
    return step ?? waitForTurn(ports, observation);
  }

  const next = heldHead(observation, decision);
  const mustWrite = isWorthKeeping(observation, decision);
  return hold(ports, { observation, decision, next, mustWrite });
};

/** Leaves a change for later. The sweep must know all the same that the alarms' messages have come. */
const waitForTurn = async (ports: TurnPorts, observation: Observation): Promise<Step> => {
  if (isNewlyHeard(observation)) {
    await ports.ledger.write(observation.group.name, heardHead(observation));
  }
  return comeLater();
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
