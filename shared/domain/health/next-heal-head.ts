import { signatureOfAction } from '#domain/capacity/says-more.ts';
import type { HealthDecision, Removal } from '#domain/ledger/decision.ts';
import type { HealHead } from '#domain/ledger/head.ts';
import { inFlightOf } from '#domain/ledger/in-flight.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import type { Instant } from '#domain/time/instant.ts';
import { recentRemovals } from './guards/pace.ts';
import type { HealthObservation } from './health-observation.ts';
import {
  nextProbations,
  probationsAfter,
  probationsToUndo,
  withReturnPutOff,
  withTargetGone,
  withTargetsGone,
} from './probation.ts';
import { nextQuarantined, quarantineAfter, quarantinePutOff } from './quarantine.ts';
import { nextSightings } from './sightings.ts';

/** The head that plans a decision. */
export const plannedHealHead = (
  observation: HealthObservation,
  decision: HealthDecision,
): HealHead => ({
  ...rememberedHead(observation),
  inFlight: inFlightOf(decision, observation.now),
});

/** The head in which a later invocation takes over what is left of a planned decision. */
export const claimedHealHead = (
  observation: HealthObservation,
  decision: HealthDecision,
): HealHead => ({
  ...rememberedHead(observation),
  inFlight: {
    decision,
    claimedAt: observation.now,
    attempts: (observation.head.inFlight?.attempts ?? 0) + 1,
  },
});

/** The same head with the plan as far as it was begun: nothing else is remembered or told of it. */
export const narrowedHealHead = (planned: HealHead, decision: HealthDecision): HealHead => ({
  ...planned,
  ...(planned.inFlight === undefined ? {} : { inFlight: { ...planned.inFlight, decision } }),
});

/** The head after a hold: it always remembers who was seen failing since when. */
export const heldHealHead = (
  observation: HealthObservation,
  decision: HealthDecision,
): HealHead => {
  const { waitingSince: _before, ...head } = rememberedHead(observation);
  const waitingSince = nextWaitingSince(observation, decision);
  return {
    ...head,
    ...(waitingSince === undefined ? {} : { waitingSince }),
    last: { id: decision.id, signature: signatureOfHealHold(decision) },
  };
};

/** The head after a planned decision has ended. */
export const settledHealHead = (
  planned: HealHead,
  outcome: Outcome | 'superseded',
  at: Instant,
): HealHead => {
  const { inFlight, waitingSince: _before, ...head } = planned;
  const next = { ...head, version: head.version + 1 };
  if (inFlight === undefined) return next;

  const { decision } = inFlight;
  if (outcome === 'superseded') return putOff(next, decision, at);
  const last = { id: decision.id, signature: signatureOfAction(decision, outcome) };
  if (outcome.reason === decision.reason) return { ...effectsOf(next, decision, at), last };
  return outcome.reason === 'TargetGone'
    ? { ...next, last, probations: withTargetGone(next.probations, decision, at) }
    : { ...putOff(next, decision, at), last: lastAfterRefusal(planned, last) };
};

/** The head after a decision has ended in which AWS did not know these targets any more, by the keys of their registrations. */
export const settledHealHeadWithout =
  (gone: readonly string[]) =>
  (planned: HealHead, outcome: Outcome | 'superseded', at: Instant): HealHead => {
    const head = settledHealHead(planned, outcome, at);
    return { ...head, probations: withTargetsGone(head.probations, gone, at) };
  };

/** The head after a plan was given up half-way: the targets named are put back at once. */
export const undoneHealHead =
  (targetIds: readonly string[], why: string) =>
  (planned: HealHead, outcome: Outcome | 'superseded', at: Instant): HealHead => {
    const { inFlight, ...head } = planned;
    const next = { ...head, version: head.version + 1 };
    if (inFlight === undefined || outcome === 'superseded') return next;

    const { decision } = inFlight;
    const isLeft = ({ targetId }: Removal): boolean => targetIds.includes(targetId);
    const after = effectsOf(next, decision, at);
    const finished = probationsAfter(head.probations, withoutLeft(decision, isLeft), at);
    const left = decision.removals.filter(isLeft);
    return {
      ...after,
      last: { id: decision.id, signature: signatureOfAction(decision, outcome) },
      probations: probationsToUndo(finished, left, { at, why }),
    };
  };

const withoutLeft = (
  decision: HealthDecision,
  isLeft: (removal: Removal) => boolean,
): HealthDecision => ({
  ...decision,
  removals: decision.removals.filter((removal) => !isLeft(removal)),
});

/** Remembers a decision that was carried out. */
const effectsOf = (head: HealHead, decision: HealthDecision, at: Instant): HealHead => {
  const { quarantined, ...rest } = head;
  const candidates = new Set(decision.removals.map(({ targetId }) => targetId));
  const entered = quarantineAfter(quarantined, decision, at);
  return {
    ...rest,
    removals: [...head.removals, ...[...candidates].map(() => at)],
    probations: probationsAfter(head.probations, decision, at),
    ...(entered === undefined ? {} : { quarantined: entered }),
  };
};

/** Puts off what could not be given back or ended; others have their turn meanwhile. */
const putOff = (head: HealHead, decision: HealthDecision, at: Instant): HealHead => {
  const { quarantined: before, ...rest } = head;
  const quarantined = quarantinePutOff(before, decision, at);
  return {
    ...rest,
    probations: withReturnPutOff(head.probations, decision, at),
    ...(quarantined === undefined ? {} : { quarantined }),
  };
};

/** Remembers that somebody stays out was told; the next refusal is told too, and the hold after it is not. */
const lastAfterRefusal = (
  { last: before }: HealHead,
  last: NonNullable<HealHead['last']>,
): NonNullable<HealHead['last']> =>
  before?.signature === ('TargetsStayOut' satisfies Reason) ? before : last;

/** True when there is something else to remember than the head does. */
export const hasMemoryChanged = (
  observation: HealthObservation,
  decision: HealthDecision,
): boolean => {
  const { head } = observation;
  return (
    namesIn(nextSightings(observation)) !== namesIn(head.sightings) ||
    JSON.stringify(nextProbations(observation)) !== JSON.stringify(head.probations) ||
    nextQuarantined(observation) !== head.quarantined ||
    nextWaitingSince(observation, decision) !== head.waitingSince
  );
};

const namesIn = (sightings: HealHead['sightings']): string => Object.keys(sightings).sort().join();

const WAITING: readonly Reason[] = ['ReplacementInProgress', 'ReplacementStuck'];

/** Since when a replacement has been waited for at every look. */
const nextWaitingSince = (
  { head, now }: HealthObservation,
  { reason }: HealthDecision,
): Instant | undefined => (WAITING.includes(reason) ? (head.waitingSince ?? now) : undefined);

const rememberedHead = (observation: HealthObservation): HealHead => {
  const { quarantined: _before, ...head } = observation.head;
  const quarantined = nextQuarantined(observation);
  return {
    ...head,
    version: head.version + 1,
    sightings: nextSightings(observation),
    removals: recentRemovals(observation),
    probations: nextProbations(observation),
    ...(quarantined === undefined ? {} : { quarantined }),
  };
};

const signatureOfHealHold = ({ reason }: HealthDecision): string => reason;
