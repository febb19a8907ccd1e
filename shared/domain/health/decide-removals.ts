import { nameSome } from '#domain/basics/name-some.ts';
import type { HealthDecision, Removal, TraceLine } from '#domain/ledger/decision.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import { describeInstant } from '#domain/time/describe-instant.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { SECOND_MS, secondsBetween } from '#domain/time/instant.ts';
import { findLock, findObstacle } from './guards/guards.ts';
import { minimumLimit } from './guards/minimum.ts';
import { besideOthers, MOST_REGISTRATIONS, paceLeft, probationLimit } from './guards/pace.ts';
import { headingOf } from './health-heading.ts';
import { type HealthObservation, keyOf, ownTargets, type Target } from './health-observation.ts';
import { isLeftToAutoScaling, planRemovals } from './plan-removals.ts';
import { isLeftAlone } from './probation.ts';
import { findCandidates, type RemovalCandidate } from './removal-candidates.ts';
import { fleetSize, isFailing, isSick } from './sightings.ts';

/** Decides which targets leave service. The same observation always gives the same decision. */
export const decideRemovals = (observation: HealthObservation): HealthDecision => {
  const targets = ownTargets(observation);
  const failing = targets.filter((target) => isFailing(target));
  if (failing.length === 0) {
    return decide(observation, [], {
      reason: 'NoUnhealthyTargets',
      detail: healthLine(targets),
    });
  }

  const candidates = findCandidates(observation);
  if (candidates.length === 0) return decide(observation, [], waiting(observation, failing));

  const open = candidates.filter((candidate) => lockOn(observation, candidate) === undefined);
  const first = (open.length > 0 ? open : candidates).slice(0, allowance(observation));
  const chosen = atOnce(first);
  const obstacle = findObstacle(observation, chosen);
  return obstacle ? decide(observation, [], obstacle) : decideFor(observation, chosen);
};

const lockOn = (observation: HealthObservation, { targets }: RemovalCandidate) =>
  findLock(
    observation,
    targets.map(({ targetGroupArn }) => targetGroupArn),
  );

const decideFor = (
  observation: HealthObservation,
  chosen: readonly RemovalCandidate[],
): HealthDecision => {
  const names = describe(chosen.map(({ failing }) => failing));
  if (observation.group.health.action === 'notify') {
    return decide(observation, [], { reason: 'NotifyOnly', detail: `${names} is unhealthy` });
  }

  const ours = chosen.filter((candidate) => !isLeftToAutoScaling(observation, candidate));
  if (ours.length === 0) {
    const detail = `${names} is unhealthy, and its group replaces it by its own ELB health checks`;
    return decide(observation, [], { reason: 'LeftToAutoScaling', detail });
  }

  const lock = ours.map((candidate) => lockOn(observation, candidate)).find((found) => found);
  if (lock) return decide(observation, [], lock);

  const removals = planRemovals(observation, ours);
  const limit = probationLimit(observation, removals) ?? minimumLimit(observation, removals);
  if (limit) return decide(observation, [], limit);

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
const allowance = (observation: HealthObservation): number => {
  const tenth = Math.floor(fleetSize(observation) / 10);
  return Math.max(1, Math.min(paceLeft(observation), besideOthers(observation, tenth)));
};

/** Those who can be taken out in one decision; the next look takes the next ones. */
const atOnce = (candidates: readonly RemovalCandidate[]): readonly RemovalCandidate[] => {
  let registrations = 0;
  return candidates.filter(({ targets }, index) => {
    registrations += targets.length;
    return index === 0 || registrations <= MOST_REGISTRATIONS;
  });
};

type RemovalConclusion = Readonly<{ reason: Reason; detail: string; trace?: TraceLine }>;

const decide = (
  observation: HealthObservation,
  removals: readonly Removal[],
  { reason, detail, trace }: RemovalConclusion,
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

/** Describes the health of targets; those that fail by no fault of their own are named, too. */
const healthLine = (targets: readonly Target[]): string => {
  const sick = targets.filter((target) => isSick(target));
  return sick.length === 0
    ? `no target is unhealthy (${targets.length} registered)`
    : `${sick.length} of ${targets.length} targets are not well, and none by a fault of its own: ${describe(sick)}`;
};

/** Says why failing targets are not touched: they were not seen for long enough, or may not be. */
const waiting = (observation: HealthObservation, failing: readonly Target[]): RemovalConclusion => {
  const { unhealthyForSeconds } = observation.group.health;
  const seconds = longestFailing(observation, failing);
  const names = describe(failing);
  const alone = failing.flatMap((target) => leftAlone(observation, target));
  if (alone.length > 0) return { reason: 'TargetsUntouchable', detail: alone.join('; ') };
  if (seconds >= unhealthyForSeconds && seconds > 0) {
    const detail = `${names} is protected from scale-in, new, starting, standing by, on its way out, or serves in another target group`;
    return { reason: 'TargetsUntouchable', detail };
  }

  const since = seconds === 0 ? 'just seen' : `failing for ${describeSeconds(seconds)}`;
  const wait = `must fail for ${describeSeconds(unhealthyForSeconds)} before they are touched`;
  return { reason: 'AwaitingSecondSighting', detail: `${names} ${since}, and ${wait}` };
};

/** Says why a target is left alone whose removal had to be undone. */
const leftAlone = ({ head, now }: HealthObservation, target: Target): readonly string[] => {
  const probation = head.probations[keyOf(target)];
  if (probation === undefined || !isLeftAlone(probation, now)) return [];

  const { returnedAt = now, seconds, unfinished } = probation;
  const until = describeInstant(returnedAt + seconds * SECOND_MS);
  return [
    `${target.id} (${target.reason}) is left alone until ${until}, for its removal could not be finished (${unfinished})`,
  ];
};

/** Seconds since the first of them was seen failing. */
const longestFailing = ({ head, now }: HealthObservation, targets: readonly Target[]): number =>
  Math.max(...targets.map((target) => secondsBetween(head.sightings[keyOf(target)] ?? now, now)));

const describe = (targets: readonly Target[]): string =>
  nameSome(targets.map(({ id, state, reason }) => `${id} (${reason || state})`));
