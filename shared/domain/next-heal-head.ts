import type { HealthDecision } from './decision.ts';
import type { HealHead } from './head.ts';
import type { HealthObservation } from './health-observation.ts';
import type { Instant } from './instant.ts';
import type { Outcome } from './outcome.ts';
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

/** The head after a planned decision has ended; what was removed is no longer sighted. */
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
  return outcome.kind === 'replaced' ? { ...next, last, lastRemovalAt: at } : { ...next, last };
};

/** True when a target began or ceased to fail since the head was written. */
export const haveSightingsChanged = (observation: HealthObservation): boolean =>
  Object.keys(nextSightings(observation)).sort().join() !==
  Object.keys(observation.head.sightings).sort().join();

const rememberedHead = (observation: HealthObservation): HealHead => ({
  ...observation.head,
  version: observation.head.version + 1,
  sightings: nextSightings(observation),
});

const signatureOfHealHold = ({ reason }: HealthDecision): string => reason;
