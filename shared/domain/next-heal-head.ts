import type { HealthDecision } from './decision.ts';
import type { HealHead } from './head.ts';
import { recentRemovals } from './heal-pace.ts';
import type { HealthObservation } from './health-observation.ts';
import type { Instant } from './instant.ts';
import type { Outcome } from './outcome.ts';
import { nextProbations, probationsAfter, withoutProbation } from './probation.ts';
import { nextQuarantined, quarantineAfter } from './quarantine.ts';
import { nextSightings } from './sightings.ts';
import { signatureOfAction } from './signature.ts';

/** The head that plans a decision, or in which a later invocation takes a planned one over. */
export const plannedHealHead = (
  observation: HealthObservation,
  decision: HealthDecision,
): HealHead => ({
  ...rememberedHead(observation),
  inFlight: { decision, claimedAt: observation.now },
});

/** The head after a hold: it always remembers who was seen failing since when. */
export const heldHealHead = (
  observation: HealthObservation,
  decision: HealthDecision,
): HealHead => ({
  ...rememberedHead(observation),
  last: { id: decision.id, signature: signatureOfHealHold(decision) },
});

/** The head after a planned decision has ended. */
export const settledHealHead = (
  planned: HealHead,
  outcome: Outcome | 'superseded',
  at: Instant,
): HealHead => {
  const { inFlight, ...head } = planned;
  const next = { ...head, version: head.version + 1 };
  if (inFlight === undefined || outcome === 'superseded') return next;

  const { decision } = inFlight;
  const last = { id: decision.id, signature: signatureOfAction(decision, outcome) };
  if (outcome.kind === 'replaced') return { ...effectsOf(next, decision, at), last };
  return outcome.reason === 'TargetGone'
    ? { ...next, last, probations: withoutProbation(next.probations, decision) }
    : { ...next, last };
};

/** What is remembered of a decision that was carried out. */
const effectsOf = (head: HealHead, decision: HealthDecision, at: Instant): HealHead => {
  const { quarantined, ...rest } = head;
  const patients = new Set(decision.removals.map(({ targetId }) => targetId));
  const entered = quarantineAfter(quarantined, decision, at);
  return {
    ...rest,
    removals: [...head.removals, ...[...patients].map(() => at)],
    probations: probationsAfter(head.probations, decision, at),
    ...(entered === undefined ? {} : { quarantined: entered }),
  };
};

/** True when there is something else to remember than the head does. */
export const hasMemoryChanged = (observation: HealthObservation): boolean => {
  const { head } = observation;
  return (
    namesIn(nextSightings(observation)) !== namesIn(head.sightings) ||
    JSON.stringify(nextProbations(observation)) !== JSON.stringify(head.probations) ||
    nextQuarantined(observation) !== head.quarantined
  );
};

const namesIn = (sightings: HealHead['sightings']): string => Object.keys(sightings).sort().join();

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
