import type { HealthDecision, Registration } from './decision.ts';
import type { Probation } from './head.ts';
import {
  type HealthObservation,
  keyOf,
  keyOfRegistration,
  type Target,
} from './health-observation.ts';
import { type Instant, SECOND_MS } from './instant.ts';
import { STALE_READ_SECONDS } from './observation.ts';
import { isCounted } from './sightings.ts';

/** However often it fails, a target is tried once a day. */
const LONGEST_SECONDS = 86_400;

type Probations = Readonly<Record<string, Probation>>;

/** How long a target stays out: twice as long as the last time, if it did not prove itself since. */
export const nextProbationSeconds = (usual: number, last?: Probation): number =>
  last === undefined ? usual : Math.min(LONGEST_SECONDS, last.seconds * 2);

/**
 * What is remembered of the targets that are out. One that is registered again must be healthy for as
 * long as it was out until it is forgotten. One that somebody takes out then is forgotten at once.
 */
export const nextProbations = ({ targets, head, now }: HealthObservation): Probations =>
  Object.fromEntries(
    Object.entries(head.probations).flatMap(([key, probation]): [string, Probation][] => {
      const target = targets.find((each) => keyOf(each) === key);
      const next = nextProbation(probation, now, target);
      return next === undefined ? [] : [[key, next]];
    }),
  );

const nextProbation = (
  probation: Probation,
  now: Instant,
  target?: Target,
): Probation | undefined => {
  const { returnedAt, seconds, until } = probation;
  if (returnedAt === undefined) {
    const isBack = target !== undefined && isCounted(target) && now >= until;
    return isBack ? { ...probation, returnedAt: now } : probation;
  }

  const age = now - returnedAt;
  if (target === undefined) return age >= STALE_READ_SECONDS * SECOND_MS ? undefined : probation;
  return target.state === 'healthy' && age >= seconds * SECOND_MS ? undefined : probation;
};

/** The target that has been out for long enough, the longest first; none that drains or stands by. */
export const dueForReturn = ({
  targets,
  state,
  head,
  now,
}: HealthObservation): Registration | undefined => {
  const isAway = (instanceId: string): boolean =>
    state?.instances.some(
      ({ id, lifecycleState }) => id === instanceId && lifecycleState !== 'InService',
    ) === true;
  const [due] = Object.values(head.probations)
    .filter(({ returnedAt, until }) => returnedAt === undefined && now >= until)
    .filter(({ targetId }) => !isAway(targetId))
    .filter((probation) => {
      const key = keyOfRegistration(probation);
      return targets.every((target) => keyOf(target) !== key || target.state === 'unused');
    })
    .toSorted((a, b) => a.until - b.until);
  if (due === undefined) return undefined;

  const { seconds: _seconds, until: _until, ...registration } = due;
  return registration;
};

/** The targets that are out after a decision was carried out. */
export const probationsAfter = (
  probations: Probations,
  { removals, returned }: HealthDecision,
  at: Instant,
): Probations => {
  const out = removals.flatMap((removal): [string, Probation][] => {
    const { targetGroupArn, targetId, port, availabilityZone, probationSeconds } = removal;
    if (probationSeconds === undefined) return [];

    const zone = availabilityZone === undefined ? {} : { availabilityZone };
    const until = at + probationSeconds * SECOND_MS;
    return [
      [
        keyOfRegistration(removal),
        { targetGroupArn, targetId, port, ...zone, seconds: probationSeconds, until },
      ],
    ];
  });
  const key = returned === undefined ? '' : keyOfRegistration(returned);
  const back = probations[key];
  return {
    ...probations,
    ...Object.fromEntries(out),
    ...(back === undefined ? {} : { [key]: { ...back, returnedAt: at } }),
  };
};

/** Without a target that can never come back. */
export const withoutProbation = (
  probations: Probations,
  { returned }: HealthDecision,
): Probations =>
  Object.fromEntries(
    Object.entries(probations).filter(
      ([key]) => returned === undefined || key !== keyOfRegistration(returned),
    ),
  );
