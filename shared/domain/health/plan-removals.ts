import type { Removal } from '#domain/ledger/decision.ts';
import { type GroupState, replacesByItself } from '#domain/observed/group-state.ts';
import { type HealthObservation, keyOf, type Target } from './health-observation.ts';
import { nextProbationSeconds } from './probation.ts';
import { isStandingBy } from './quarantine.ts';
import type { RemovalCandidate } from './removal-candidates.ts';

/** The action on a removal candidate; `leave` when Auto Scaling sees to it. */
type RemovalAction = 'replace' | 'deregister' | 'quarantine' | 'leave';

/** True when its group replaces it by its own health checks, and nobody asked us to do it, too. */
export const isLeftToAutoScaling = (
  observation: HealthObservation,
  candidate: RemovalCandidate,
): boolean => actionOn(observation, candidate, true) === 'leave';

/** Plans the removal of each candidate; one at most is kept to be looked at, and the others are replaced. */
export const planRemovals = (
  observation: HealthObservation,
  candidates: readonly RemovalCandidate[],
): readonly Removal[] =>
  candidates.flatMap((candidate, index) => {
    const action = actionOn(observation, candidate, index === 0);
    return candidate.targets.map((target) => removalOf(observation, { candidate, target, action }));
  });

const actionOn = (
  { group: { health }, state }: HealthObservation,
  { member, targets }: RemovalCandidate,
  isFirst: boolean,
): RemovalAction => {
  if (member === undefined || health.action === 'deregister') return 'deregister';
  if (health.action === 'auto') {
    return state !== undefined && isSeenTo(state, targets) ? 'leave' : 'replace';
  }

  const isFree = isFirst && state?.instances.every((instance) => !isStandingBy(instance)) === true;
  return health.action === 'quarantine' && isFree ? 'quarantine' : 'replace';
};

/** Auto Scaling asks only the target groups that are attached to the group. */
const isSeenTo = (state: GroupState, targets: readonly Target[]): boolean =>
  replacesByItself(state) &&
  targets.some(({ targetGroupArn }) => state.targetGroupArns.includes(targetGroupArn));

type Case = Readonly<{ candidate: RemovalCandidate; target: Target; action: RemovalAction }>;

const removalOf = (
  { group: { health }, head }: HealthObservation,
  { candidate: { id, failing }, target, action }: Case,
): Removal => ({
  targetGroupArn: target.targetGroupArn,
  targetId: id,
  port: target.port,
  ...(target.availabilityZone === undefined ? {} : { availabilityZone: target.availabilityZone }),
  ...(action === 'deregister' ? {} : { instanceId: id }),
  ...(action === 'quarantine' ? { standby: health.quarantine } : {}),
  ...(action === 'deregister' && health.probationSeconds !== undefined
    ? {
        probationSeconds: nextProbationSeconds(
          health.probationSeconds,
          head.probations[keyOf(target)],
        ),
      }
    : {}),
  cause: [failing.reason, failing.description].filter((part) => part).join(': '),
});
