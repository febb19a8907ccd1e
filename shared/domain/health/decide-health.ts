import { nameSome } from '#domain/basics/name-some.ts';
import {
  type HealthDecision,
  isAction,
  returning,
  type TraceLine,
} from '#domain/ledger/decision.ts';
import type { Probation } from '#domain/ledger/head.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import { registerCommand } from '#domain/ledger/register-command.ts';
import { describeInstant } from '#domain/time/describe-instant.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { SECOND_MS } from '#domain/time/instant.ts';
import { chooseReturns, dueForReturn } from './choose-returns.ts';
import { decideRemovals } from './decide-removals.ts';
import type { GuardObstacle } from './guards/guard.ts';
import { findForbidding, findLock } from './guards/guards.ts';
import { headingOf } from './health-heading.ts';
import type { HealthObservation } from './health-observation.ts';
import { registrationOf, stuckOutside } from './probation.ts';
import { dueInQuarantine } from './quarantine.ts';

/**
 * Decides what becomes of a group's targets. Who is sick leaves first; then a quarantine ends, or one that was
 * out is tried again. The same observation always gives the same decision.
 */
export const decideHealth = (observation: HealthObservation): HealthDecision => {
  const { unknownTargetGroups: [unknown] = [] } = observation;
  if (unknown !== undefined) return refuseUnknown(observation, unknown);

  const decision = decideRemovals(observation);
  if (isAction(decision)) return decision;

  const forbidding = findForbidding(observation);
  return (
    endIfDue(observation, forbidding) ??
    giveBackIfDue(observation, forbidding, decision) ??
    (isCalm(decision) ? whoIsOut(observation) : undefined) ??
    decision
  );
};

const endIfDue = (
  observation: HealthObservation,
  forbidding: GuardObstacle | undefined,
): HealthDecision | undefined => {
  const due = dueInQuarantine(observation);
  return due?.kind === 'end' && forbidding === undefined
    ? end(observation, due.quarantined)
    : undefined;
};

const giveBackIfDue = (
  observation: HealthObservation,
  forbidding: GuardObstacle | undefined,
  decision: HealthDecision,
): HealthDecision | undefined => {
  const due = dueForReturn(observation);
  const [first] = due;
  if (first === undefined) return undefined;

  const obstacleTo = ({ targetGroupArn }: Probation): GuardObstacle | undefined =>
    forbidding ?? findLock(observation, [targetGroupArn]);
  const free = due.filter((probation) => obstacleTo(probation) === undefined);
  if (free.length > 0) return giveBack(observation, chooseReturns(observation, free));

  const obstacle = obstacleTo(first);
  return isCalm(decision) && obstacle !== undefined
    ? waitToGiveBack(observation, first, obstacle)
    : undefined;
};

/** Nobody is unhealthy, and somebody is out all the same. */
const whoIsOut = (observation: HealthObservation): HealthDecision | undefined => {
  const stuck = stuckOutside(observation);
  if (stuck.length > 0) return stayOut(observation, stuck);

  const due = dueInQuarantine(observation);
  return due === undefined ? undefined : remind(observation, due.quarantined);
};

const isCalm = ({ reason }: HealthDecision): boolean => reason === 'NoUnhealthyTargets';

const giveBack = (
  observation: HealthObservation,
  probations: readonly Probation[],
): HealthDecision => {
  const effect = returning(probations.map((probation) => registrationOf(probation)));
  const whys = new Set(probations.flatMap(({ unfinished }) => unfinished ?? []));
  const { names, was, its, they, serves } = wordsFor(probations);
  return whys.size === 0
    ? conclude(observation, {
        stage: 'probation',
        reason: 'TargetsReturned',
        verb: `tries ${they} again`,
        detail: `${names} ${was} out for long enough; ${serves}`,
        effect,
      })
    : conclude(observation, {
        stage: 'probation',
        reason: 'RemovalUndone',
        verb: `puts ${they} back`,
        detail: `${names} ${was} taken out, and ${its} removal could not be finished (${nameSome([...whys])}); ${serves}`,
        effect,
      });
};

/** The words of a sentence about these: a target in several target groups is one. */
const wordsFor = (probations: readonly Probation[]) => {
  const names = [...new Set(probations.map(({ targetId, port }) => `${targetId}:${port}`))];
  return names.length === 1
    ? {
        names: nameSome(names),
        was: 'was',
        its: 'its',
        they: 'a target',
        serves: 'it serves when its health checks pass',
      }
    : {
        names: nameSome(names),
        was: 'were',
        its: 'their',
        they: `${names.length} targets`,
        serves: 'each serves when its health checks pass',
      };
};

const waitToGiveBack = (
  observation: HealthObservation,
  { targetId, port }: Probation,
  { reason, detail, trace: { stage } }: GuardObstacle,
): HealthDecision =>
  conclude(observation, {
    stage,
    reason,
    verb: 'leaves a target out',
    detail: `${targetId}:${port} should be registered again, but ${detail}`,
    effect: {},
  });

/** Count of targets that are named when people should give a hand. */
const NAMED = 5;

const stayOut = (observation: HealthObservation, stuck: readonly Probation[]): HealthDecision => {
  const commands = stuck.slice(0, NAMED).map((each) => registerCommand(each));
  const more = stuck.length > NAMED ? `; and ${stuck.length - NAMED} more` : '';
  return conclude(observation, {
    stage: 'probation',
    reason: 'TargetsStayOut',
    verb: 'cannot put targets back',
    detail: `${stuck.length} should be in service and could not be registered again; it is tried again, or do it by hand: ${commands.join('; ')}${more}`,
    effect: {},
  });
};

/** Refuses to act while a target group is unknown: nobody can say whom the load balancer would miss. */
const refuseUnknown = (observation: HealthObservation, unknown: string): HealthDecision =>
  conclude(observation, {
    stage: 'observe',
    reason: 'TargetGroupNotFound',
    verb: 'cannot be healed',
    detail: `AWS knows no target group ${unknown} in this Region`,
    effect: {},
  });

type QuarantineNews = NonNullable<ReturnType<typeof dueInQuarantine>>['quarantined'];

const end = (
  observation: HealthObservation,
  { instanceId, since }: QuarantineNews,
): HealthDecision =>
  conclude(observation, {
    stage: 'quarantine',
    reason: 'QuarantineEnded',
    verb: 'ends a quarantine',
    detail: `${instanceId} stood by for ${describeSeconds((observation.now - since) / SECOND_MS)} and is terminated`,
    effect: { released: instanceId },
  });

const remind = (observation: HealthObservation, { instanceId, until }: QuarantineNews) =>
  conclude(observation, {
    stage: 'quarantine',
    reason: 'QuarantineEnding',
    verb: 'keeps an instance aside',
    detail: `${instanceId} stands by and is terminated at ${describeInstant(until)}; protect it from scale-in to keep it, or put it back with exit-standby`,
    effect: {},
  });

type HealthConclusion = Readonly<{
  stage: TraceLine['stage'];
  reason: Reason;
  verb: string;
  detail: string;
  effect: Pick<HealthDecision, 'returned' | 'alsoReturned' | 'released'>;
}>;

const conclude = (
  observation: HealthObservation,
  { stage, reason, verb, detail, effect }: HealthConclusion,
): HealthDecision => ({
  ...headingOf(observation),
  reason,
  summary: `${observation.group.name} ${verb}: ${detail}`,
  trace: [
    {
      stage,
      reason,
      detail,
      verdict: Object.keys(effect).length > 0 ? 'recommend' : 'hold',
    },
  ],
  removals: [],
  ...effect,
});
