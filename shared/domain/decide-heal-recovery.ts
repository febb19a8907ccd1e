import { IN_FLIGHT_MS } from './decide-recovery.ts';
import type { HealthDecision, Removal } from './decision.ts';
import type { InFlight } from './head.ts';
import type { HealthObservation } from './health-observation.ts';

/**
 * What becomes of removals that were planned and not settled. `finish` names those that were begun:
 * out of the load balancer, but not yet marked for replacement, they would serve nobody and cost
 * money for ever. Those that were not begun are judged afresh.
 */
export type HealRecovery =
  | Readonly<{ kind: 'wait' | 'applied' | 'supersede'; detail: string }>
  | Readonly<{ kind: 'finish'; removals: readonly Removal[]; detail: string }>;

export const decideHealRecovery = (
  observation: HealthObservation,
  { decision, claimedAt }: InFlight<HealthDecision>,
): HealRecovery => {
  if (observation.now - claimedAt < IN_FLIGHT_MS) {
    return { kind: 'wait', detail: `${decision.id} is still in flight` };
  }

  const begun = decision.removals.filter((removal) => isDeregistered(observation, removal));
  if (begun.length === 0) return { kind: 'supersede', detail: 'no target was deregistered' };

  const unmarked = begun.filter((removal) => isServing(observation, removal));
  return unmarked.length === 0
    ? { kind: 'applied', detail: 'every deregistered target is gone or marked' }
    : { kind: 'finish', removals: unmarked, detail: `${unmarked.length} not yet marked` };
};

const isDeregistered = ({ targets }: HealthObservation, removal: Removal): boolean => {
  const target = targets.find(
    ({ targetGroupArn, id, port }) =>
      targetGroupArn === removal.targetGroupArn && id === removal.targetId && port === removal.port,
  );

  return target === undefined || target.state === 'draining' || target.state === 'unused';
};

/** Still a member of the group that nobody has condemned. */
const isServing = ({ state }: HealthObservation, { instanceId }: Removal): boolean =>
  state?.instances.some(
    ({ id, lifecycleState, isHealthy }) =>
      id === instanceId && lifecycleState === 'InService' && isHealthy,
  ) ?? false;
