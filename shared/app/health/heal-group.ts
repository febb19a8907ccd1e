import { hold } from '#app/lane/record-hold.ts';
import { attemptRepeatedly, type ObserveAgain, type Step } from '#app/lane/retry-lost-race.ts';
import { storeRepaired } from '#app/lane/store-repaired.ts';
import { decideHealth } from '#domain/health/decide-health.ts';
import { planSteps } from '#domain/health/heal-steps.ts';
import type { HealthObservation } from '#domain/health/health-observation.ts';
import { hasMemoryChanged, heldHealHead, plannedHealHead } from '#domain/health/next-heal-head.ts';
import type { Disposition } from '#domain/lane/disposition.ts';
import { type HealthDecision, isAction } from '#domain/ledger/decision.ts';
import { carryOutHealth } from './carry-out-health.ts';
import type { HealPorts } from './ports.ts';
import { readOnDemand } from './read-on-demand.ts';
import { recoverHealth } from './recover-health.ts';

/** Evaluates one group's targets and carries the decision out: plan, act, tell, settle. */
export const healGroup = (
  ports: HealPorts,
  first: HealthObservation,
  observeAgain: ObserveAgain<HealthObservation>,
): Promise<Disposition> =>
  attemptRepeatedly({ observeAgain, note: ports.note }, first, async (seen): Promise<Step> => {
    if (seen.isClockRepaired) return storeRepaired(ports, seen);
    const observation = await readOnDemand(ports, seen);
    const { inFlight } = observation.head;
    if (inFlight) return recoverHealth(ports, observation, inFlight);

    const decision = decideHealth(observation);
    if (isAction(decision)) return act(ports, observation, decision);

    const next = heldHealHead(observation, decision);
    const mustWrite = hasMemoryChanged(observation, decision);
    return hold(ports, { observation, decision, next, mustWrite });
  });

/** Plans a decision in the ledger before it acts: a plan is found again after a crash. */
const act = async (
  ports: HealPorts,
  observation: HealthObservation,
  decision: HealthDecision,
): Promise<Step> => {
  const planned = plannedHealHead(observation, decision);
  const entry = { kind: 'open', status: 'planned', decision, observation } as const;
  if (!(await ports.ledger.write(decision.group, planned, entry))) return 'again';

  ports.note({ kind: 'decided', decision, isRecorded: true });
  return carryOutHealth(ports, { planned, decision, plannedSteps: planSteps(decision) });
};
