import type { CapacityDecision } from './decision.ts';
import type { Change, ScaleHead } from './head.ts';
import type { Instant } from './instant.ts';
import { heardAlarms, type Observation, openAlarms } from './observation.ts';
import type { Outcome } from './outcome.ts';
import { signatureOfAction, signatureOfHold } from './signature.ts';

/** The head that plans a decision, or in which a later invocation takes a planned one over. */
export const plannedHead = (observation: Observation, decision: CapacityDecision): ScaleHead => ({
  ...observation.head,
  version: observation.head.version + 1,
  inFlight: { decision, claimedAt: observation.now },
  openAlarms: openAlarms(observation),
  heardAlarms: heardAlarms(observation),
});

/** The head after a hold that is worth remembering. */
export const heldHead = (observation: Observation, decision: CapacityDecision): ScaleHead => ({
  ...observation.head,
  version: observation.head.version + 1,
  last: { id: decision.id, signature: signatureOfHold(observation, decision) },
  openAlarms: openAlarms(observation),
  heardAlarms: heardAlarms(observation),
});

/** The head after a planned decision has ended; only an applied one counts as a change. */
export const settledHead = (
  planned: ScaleHead,
  outcome: Outcome | 'superseded',
  at: Instant,
): ScaleHead => {
  const { inFlight, ...head } = planned;
  const next = { ...head, version: head.version + 1 };
  if (inFlight === undefined || outcome === 'superseded') return next;

  const { decision } = inFlight;
  const last = { id: decision.id, signature: signatureOfAction(decision, outcome) };
  return outcome.kind === 'scaled'
    ? { ...next, last, ...changeOf(decision, at) }
    : { ...next, last };
};

const changeOf = (
  { from, to }: CapacityDecision,
  at: Instant,
): Partial<Record<'lastScaleOut' | 'lastScaleIn', Change>> => {
  const change = { at, from, to };
  return to > from ? { lastScaleOut: change } : { lastScaleIn: change };
};
