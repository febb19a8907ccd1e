import type { HealthDecision, Removal, TraceLine } from './decision.ts';
import { findObstacle } from './heal-guards.ts';
import { type HealthObservation, keyOf, type Target } from './health-observation.ts';
import { SECOND_MS } from './instant.ts';
import type { Reason } from './reason.ts';
import { candidatesOf, isCounted, isFailing, nextSightings } from './sightings.ts';

/** Which targets should leave service? The same observation always gives the same decision. */
export const decideRemovals = (observation: HealthObservation): HealthDecision => {
  const failing = observation.targets.filter((target) => isFailing(target));
  if (failing.length === 0) {
    return decide(observation, [], {
      reason: 'NoUnhealthyTargets',
      detail: healthLine(observation),
    });
  }

  const candidates = candidatesOf(observation);
  if (candidates.length === 0) {
    return decide(observation, [], awaiting(observation, failing));
  }

  const obstacle = findObstacle(observation, candidates);
  if (obstacle) return decide(observation, [], obstacle);

  return decideFor(observation, candidates.slice(0, allowance(observation)));
};

const decideFor = (observation: HealthObservation, chosen: readonly Target[]): HealthDecision => {
  const { action } = observation.group.health;
  const names = chosen.map(({ id, reason }) => `${id} (${reason})`).join(', ');
  if (action === 'notify') {
    return decide(observation, [], { reason: 'NotifyOnly', detail: `${names} is unhealthy` });
  }

  const removals = chosen.map((target) => removalOf(observation, target));
  const isReplaced = removals.some(({ instanceId }) => instanceId !== undefined);
  return decide(observation, removals, {
    reason: isReplaced ? 'TargetsReplaced' : 'TargetsDeregistered',
    detail: `${names} failed its health checks for ${observation.group.health.unhealthyForSeconds} s`,
  });
};

/** A member of the group is replaced by it; any other target only leaves the load balancer. */
const removalOf = ({ group, state }: HealthObservation, target: Target): Removal => {
  const member = state?.instances.find(({ id }) => id === target.id);
  const isReplaced = group.health.action === 'replace' && member !== undefined;

  return {
    targetGroupArn: target.targetGroupArn,
    targetId: target.id,
    port: target.port,
    ...(isReplaced ? { instanceId: member.id } : {}),
    cause: [target.reason, target.description].filter((part) => part).join(': '),
  };
};

/** One at a time, or a tenth of a large fleet: AWS's own pace of replacement. */
const allowance = ({ targets }: HealthObservation): number =>
  Math.max(1, Math.floor(targets.filter((target) => isCounted(target)).length / 10));

type Conclusion = Readonly<{ reason: Reason; detail: string; trace?: TraceLine }>;

const decide = (
  { group, head, now }: HealthObservation,
  removals: readonly Removal[],
  { reason, detail, trace }: Conclusion,
): HealthDecision => ({
  kind: 'health',
  id: `${group.name}-health-${head.version + 1}`,
  group: group.name,
  autoScalingGroup: group.autoScalingGroup,
  at: now,
  reason,
  summary: `${group.name} ${removals.length > 0 ? verbFor(reason) : 'keeps its targets'}: ${detail}`,
  trace: [
    trace ?? {
      stage: 'sightings',
      verdict: removals.length > 0 ? 'recommend' : 'hold',
      reason,
      detail,
    },
  ],
  removals,
});

const verbFor = (reason: Reason): string =>
  reason === 'TargetsReplaced' ? 'replaces unhealthy targets' : 'deregisters unhealthy targets';

const healthLine = ({ targets }: HealthObservation): string =>
  `no target is unhealthy (${targets.length} registered)`;

const awaiting = (observation: HealthObservation, failing: readonly Target[]): Conclusion => {
  const { group, head, now } = observation;
  const seen = nextSightings(observation);
  const oldest = Math.max(...failing.map((target) => now - (seen[keyOf(target)] ?? now)));
  const isFirst = failing.every((target) => head.sightings[keyOf(target)] === undefined);
  const wait = `must fail for ${group.health.unhealthyForSeconds} s before they are touched`;

  return {
    reason: 'AwaitingSecondSighting',
    detail: isFirst
      ? `${describe(failing)} just seen, and ${wait}`
      : `${describe(failing)} failing for ${Math.floor(oldest / SECOND_MS)} s, and ${wait}`,
  };
};

const describe = (targets: readonly Target[]): string =>
  targets.map(({ id, reason }) => `${id} (${reason})`).join(', ');
