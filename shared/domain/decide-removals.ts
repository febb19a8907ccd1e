import type { HealthDecision, Removal, TraceLine } from './decision.ts';
import { describeSeconds } from './describe-seconds.ts';
import { findObstacle } from './heal-guards.ts';
import { type HealthObservation, keyOf, type Target } from './health-observation.ts';
import { secondsBetween } from './instant.ts';
import type { Reason } from './reason.ts';
import { candidatesOf, isCounted, isFailing } from './sightings.ts';

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
    return decide(observation, [], waiting(observation, failing));
  }

  const obstacle = findObstacle(observation);
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
  const failing = describeSeconds(longestFailing(observation, chosen));
  return decide(observation, removals, {
    reason: isReplaced ? 'TargetsReplaced' : 'TargetsDeregistered',
    detail: `${names} failed its health checks for ${failing}`,
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

/** Why failing targets are not touched: they were not seen for long enough, or may not be. */
const waiting = (observation: HealthObservation, failing: readonly Target[]): Conclusion => {
  const { unhealthyForSeconds } = observation.group.health;
  const seconds = longestFailing(observation, failing);
  const names = describe(failing);
  if (seconds >= unhealthyForSeconds && seconds > 0) {
    const detail = `${names} is protected from scale-in, new, starting, standing by or on its way out`;
    return { reason: 'TargetsUntouchable', detail };
  }

  const since = seconds === 0 ? 'just seen' : `failing for ${describeSeconds(seconds)}`;
  const wait = `must fail for ${describeSeconds(unhealthyForSeconds)} before they are touched`;
  return { reason: 'AwaitingSecondSighting', detail: `${names} ${since}, and ${wait}` };
};

/** Seconds since the first of them was seen failing. */
const longestFailing = ({ head, now }: HealthObservation, targets: readonly Target[]): number =>
  Math.max(...targets.map((target) => secondsBetween(head.sightings[keyOf(target)] ?? now, now)));

const describe = (targets: readonly Target[]): string =>
  targets.map(({ id, reason }) => `${id} (${reason})`).join(', ');
