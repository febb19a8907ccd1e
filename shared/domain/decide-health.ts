import { decideRemovals } from './decide-removals.ts';
import { type HealthDecision, isAction, type TraceLine } from './decision.ts';
import { describeInstant } from './describe-instant.ts';
import { describeSeconds } from './describe-seconds.ts';
import { findForbidding } from './heal-guards.ts';
import { headingOf } from './health-heading.ts';
import type { HealthObservation } from './health-observation.ts';
import { SECOND_MS } from './instant.ts';
import { dueForReturn } from './probation.ts';
import { dueInQuarantine } from './quarantine.ts';
import type { Reason } from './reason.ts';

/**
 * What becomes of a group's targets? Who is sick leaves first; then a quarantine ends, or one that was
 * out is tried again. The same observation always gives the same decision.
 */
export const decideHealth = (observation: HealthObservation): HealthDecision => {
  const decision = decideRemovals(observation);
  if (isAction(decision)) return decision;

  const due = dueInQuarantine(observation);
  const registration = dueForReturn(observation);
  const isForbidden = findForbidding(observation) !== undefined;
  if (due?.kind === 'end' && !isForbidden) return end(observation, due.quarantined);
  if (registration !== undefined && !isForbidden) {
    const { targetId, port } = registration;
    return conclude(observation, {
      ...{ stage: 'probation', reason: 'TargetsReturned' },
      verb: 'tries a target again',
      detail: `${targetId}:${port} was out for long enough; it serves when its health checks pass`,
      effect: { returned: registration },
    });
  }
  return due !== undefined && decision.reason === 'NoUnhealthyTargets'
    ? remind(observation, due.quarantined)
    : decision;
};

type Quarantined = NonNullable<ReturnType<typeof dueInQuarantine>>['quarantined'];

const end = (observation: HealthObservation, { instanceId, since }: Quarantined): HealthDecision =>
  conclude(observation, {
    ...{ stage: 'quarantine', reason: 'QuarantineEnded' },
    verb: 'ends a quarantine',
    detail: `${instanceId} stood by for ${describeSeconds((observation.now - since) / SECOND_MS)} and is terminated`,
    effect: { released: instanceId },
  });

const remind = (observation: HealthObservation, { instanceId, until }: Quarantined) =>
  conclude(observation, {
    ...{ stage: 'quarantine', reason: 'QuarantineEnding' },
    verb: 'keeps an instance aside',
    detail: `${instanceId} stands by and is terminated at ${describeInstant(until)}; protect it from scale-in to keep it, or put it back with exit-standby`,
    effect: {},
  });

type Conclusion = Readonly<{
  stage: TraceLine['stage'];
  reason: Reason;
  verb: string;
  detail: string;
  effect: Pick<HealthDecision, 'returned' | 'released'>;
}>;

const conclude = (
  observation: HealthObservation,
  { stage, reason, verb, detail, effect }: Conclusion,
): HealthDecision => ({
  ...headingOf(observation),
  reason,
  summary: `${observation.group.name} ${verb}: ${detail}`,
  trace: [
    {
      ...{ stage, reason, detail },
      verdict: Object.keys(effect).length > 0 ? 'recommend' : 'hold',
    },
  ],
  removals: [],
  ...effect,
});
