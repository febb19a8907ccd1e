import { STALE_READ_SECONDS } from '#domain/capacity/observation.ts';
import { backoffSeconds } from '#domain/ledger/backoff.ts';
import { type HealthDecision, type Registration, returnsOf } from '#domain/ledger/decision.ts';
import type { Probation } from '#domain/ledger/head.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import {
  type HealthObservation,
  isLookedAt,
  keyOf,
  keyOfRegistration,
  type Target,
} from './health-observation.ts';
import { isCounted, isHealthy } from './sightings.ts';

/** However often it fails, a target is tried once a day. */
const LONGEST_SECONDS = 86_400;

/** For so long a target is left alone whose removal had to be undone, at first. */
const LEFT_ALONE_SECONDS = 3_600;

type Probations = Readonly<Record<string, Probation>>;

/** Computes how long a target stays out: twice as long as the last time, if it did not prove itself since. */
export const nextProbationSeconds = (usual: number, last?: Probation): number =>
  last === undefined ? usual : Math.min(LONGEST_SECONDS, last.seconds * 2);

/**
 * Remembers the targets that are out. One that is registered again must be healthy for as
 * long as it was out until it is forgotten. One that somebody takes out then is forgotten at once, and one of a target
 * group that a member has been detached from once it is due: nobody may put it back there.
 */
export const nextProbations = (observation: HealthObservation): Probations => {
  const { targets, head, now } = observation;
  return Object.fromEntries(
    Object.entries(head.probations).flatMap(([key, probation]): [string, Probation][] => {
      if (now >= probation.until && !isLookedAt(observation, probation.targetGroupArn)) return [];
      if (isForgotten(observation, probation)) return [];
      const target = targets.find((each) => keyOf(each) === key);
      const next = nextProbation(probation, now, target);
      return next === undefined ? [] : [[key, next]];
    }),
  );
};

/** True of a target that AWS does not know, and the group neither. */
export const isForgotten = (
  { state }: Pick<HealthObservation, 'state'>,
  { isGone, targetId }: Probation,
): boolean => isGone === true && state?.instances.some(({ id }) => id === targetId) !== true;

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
  return isHealthy(target) && age >= seconds * SECOND_MS ? undefined : probation;
};

/** The targets that should be back, or should not have left, and are out all the same. */
export const stuckOutside = (observation: HealthObservation): readonly Probation[] =>
  Object.values(nextProbations(observation)).filter(
    ({ returnedAt, refusals = 0, unfinished }) =>
      returnedAt === undefined && (refusals > 0 || unfinished !== undefined),
  );

/** True while a target is left alone because its removal had to be undone. */
export const isLeftAlone = (probation: Probation | undefined, now: Instant): boolean => {
  if (probation?.unfinished === undefined) return false;
  const { returnedAt = now, seconds } = probation;
  return now - returnedAt < seconds * SECOND_MS;
};

/** The registration that a probation is about. */
export const registrationOf = ({
  targetGroupArn,
  targetId,
  port,
  availabilityZone,
}: Registration): Registration => ({
  targetGroupArn,
  targetId,
  port,
  ...(availabilityZone === undefined ? {} : { availabilityZone }),
});

/** The targets that are out after a decision was carried out. */
export const probationsAfter = (
  probations: Probations,
  decision: HealthDecision,
  at: Instant,
): Probations => {
  const out = decision.removals.flatMap((removal): [string, Probation][] => {
    const { probationSeconds } = removal;
    if (probationSeconds === undefined) return [];

    const until = at + probationSeconds * SECOND_MS;
    const probation = { ...registrationOf(removal), seconds: probationSeconds, until };
    return [[keyOfRegistration(removal), probation]];
  });
  const back = returnsOf(decision).flatMap((registration): [string, Probation][] => {
    const key = keyOfRegistration(registration);
    const probation = probations[key];
    return probation === undefined ? [] : [[key, { ...probation, returnedAt: at }]];
  });
  return {
    ...probations,
    ...Object.fromEntries(out),
    ...Object.fromEntries(back),
  };
};

/** The targets that are to be put back at once, because their removal could not be finished. */
export const probationsToUndo = (
  probations: Probations,
  registrations: readonly Registration[],
  { at, why }: Readonly<{ at: Instant; why: string }>,
): Probations => ({
  ...probations,
  ...Object.fromEntries(
    registrations.map((registration): [string, Probation] => {
      const key = keyOfRegistration(registration);
      const before = probations[key];
      const last = before?.unfinished === undefined ? undefined : before;
      const seconds = nextProbationSeconds(LEFT_ALONE_SECONDS, last);
      return [key, { ...registrationOf(registration), seconds, until: at, unfinished: why }];
    }),
  ),
});

/** The return that could not be made is tried again later, each time after a longer while. */
export const withReturnPutOff = (
  probations: Probations,
  { returned }: HealthDecision,
  at: Instant,
): Probations => {
  const key = returned === undefined ? '' : keyOfRegistration(returned);
  const later = putOff(probations[key], at);
  return later === undefined ? probations : { ...probations, [key]: later };
};

/** The target that AWS does not know is forgotten at the next look, unless it is a member of the group. */
export const withTargetGone = (
  probations: Probations,
  { returned }: HealthDecision,
  at: Instant,
): Probations =>
  returned === undefined
    ? probations
    : withTargetsGone(probations, [keyOfRegistration(returned)], at);

/** The same of several, by the keys of their registrations. */
export const withTargetsGone = (
  probations: Probations,
  keys: readonly string[],
  at: Instant,
): Probations => ({
  ...probations,
  ...Object.fromEntries(
    keys.flatMap((key) => {
      const probation = putOff(probations[key], at);
      return probation === undefined ? [] : [[key, { ...probation, isGone: true as const }]];
    }),
  ),
});

const putOff = (probation: Probation | undefined, at: Instant): Probation | undefined => {
  if (probation === undefined) return undefined;
  const { refusals = 0 } = probation;
  return { ...probation, until: at + backoffSeconds(refusals) * SECOND_MS, refusals: refusals + 1 };
};
