import type { HealthDecision, Removal, TraceLine } from './decision.ts';
import { describeSeconds } from './describe-seconds.ts';
import { findObstacle } from './heal-guards.ts';
import { paceLeft } from './heal-pace.ts';
import { headingOf } from './health-heading.ts';
import { type HealthObservation, keyOf, type Target } from './health-observation.ts';
import { secondsBetween } from './instant.ts';
import { type Patient, patientsOf } from './patients.ts';
import type { Reason } from './reason.ts';
import { fleetSize, isFailing } from './sightings.ts';
import { isLeftToAutoScaling, removalsFor } from './treatment.ts';

/** Which targets should leave service? The same observation always gives the same decision. */
export const decideRemovals = (observation: HealthObservation): HealthDecision => {
  const failing = observation.targets.filter((target) => isFailing(target));
  if (failing.length === 0) {
    return decide(observation, [], {
      reason: 'NoUnhealthyTargets',
      detail: healthLine(observation),
    });
  }

  const patients = patientsOf(observation);
  if (patients.length === 0) return decide(observation, [], waiting(observation, failing));

  const chosen = patients.slice(0, allowance(observation));
  const obstacle = findObstacle(observation, chosen);
  return obstacle ? decide(observation, [], obstacle) : decideFor(observation, chosen);
};

const decideFor = (observation: HealthObservation, chosen: readonly Patient[]): HealthDecision => {
  const names = describe(chosen.map(({ failing }) => failing));
  if (observation.group.health.action === 'notify') {
    return decide(observation, [], { reason: 'NotifyOnly', detail: `${names} is unhealthy` });
  }

  const ours = chosen.filter((patient) => !isLeftToAutoScaling(observation, patient));
  if (ours.length === 0) {
    const detail = `${names} is unhealthy, and its group replaces it by its own ELB health checks`;
    return decide(observation, [], { reason: 'LeftToAutoScaling', detail });
  }

  const removals = removalsFor(observation, ours);
  const sick = ours.map(({ failing }) => failing);
  const since = describeSeconds(longestFailing(observation, sick));
  return decide(observation, removals, {
    reason: reasonOf(removals),
    detail: `${describe(sick)} failed its health checks for ${since}`,
  });
};

const reasonOf = (removals: readonly Removal[]): Reason => {
  if (removals.some(({ standby }) => standby !== undefined)) return 'InstanceQuarantined';
  return removals.some(({ instanceId }) => instanceId !== undefined)
    ? 'TargetsReplaced'
    : 'TargetsDeregistered';
};

/** One at a time, or a tenth of a large fleet (AWS's own pace of replacement), and never more than are left. */
const allowance = (observation: HealthObservation): number =>
  Math.max(1, Math.min(paceLeft(observation), Math.floor(fleetSize(observation) / 10)));

type Conclusion = Readonly<{ reason: Reason; detail: string; trace?: TraceLine }>;

const decide = (
  observation: HealthObservation,
  removals: readonly Removal[],
  { reason, detail, trace }: Conclusion,
): HealthDecision => ({
  ...headingOf(observation),
  reason,
  summary: `${observation.group.name} ${removals.length > 0 ? VERBS.get(reason) : 'keeps its targets'}: ${detail}`,
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

const VERBS: ReadonlyMap<Reason, string> = new Map([
  ['TargetsReplaced', 'replaces unhealthy targets'],
  ['TargetsDeregistered', 'deregisters unhealthy targets'],
  ['InstanceQuarantined', 'puts an instance aside to be looked at'],
]);

const healthLine = ({ targets }: HealthObservation): string =>
  `no target is unhealthy (${targets.length} registered)`;

/** Why failing targets are not touched: they were not seen for long enough, or may not be. */
const waiting = (observation: HealthObservation, failing: readonly Target[]): Conclusion => {
  const { unhealthyForSeconds } = observation.group.health;
  const seconds = longestFailing(observation, failing);
  const names = describe(failing);
  if (seconds >= unhealthyForSeconds && seconds > 0) {
    const detail = `${names} is protected from scale-in, new, starting, standing by, on its way out, or serves in another target group`;
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
