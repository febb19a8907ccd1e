import type { CapacityDecision } from '#domain/ledger/decision.ts';
import type { InFlight } from '#domain/ledger/head.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import { narrowedBoundsOf, within } from './bounds.ts';
import { decideCapacity } from './decide-capacity.ts';
import { objectionTo as objectionToCapacity } from './gates/guards.ts';
import { type GroupObservation, isFound, type Observation } from './observation.ts';

/**
 * The end of a decision that was planned and not settled: `wait` while its author may still be
 * at work, `applied` when AWS already has it, `reissue` when it never arrived, `supersede` when the
 * world has moved on.
 */
export type Recovery = Readonly<{
  kind: 'wait' | 'applied' | 'reissue' | 'supersede';
  detail: string;
}>;

/** Twice the function timeout: after it Lambda has certainly ended whoever planned the decision. */
export const IN_FLIGHT_MS = MINUTE_MS;
/** An older plan rests on a world that nobody remembers. */
const PLAN_EXPIRY_MS = 15 * MINUTE_MS;

/** Decides how a decision in flight ends, on fresh state. Only its own `to` is ever issued again. */
export const decideRecovery = (
  observation: Observation,
  inFlight: InFlight<CapacityDecision>,
): Recovery => {
  const planned = inFlight.decision;
  if (observation.now - inFlight.claimedAt < IN_FLIGHT_MS)
    return { kind: 'wait', detail: `${planned.id} is still in flight` };
  if (!isFound(observation)) return { kind: 'supersede', detail: 'the group is gone' };

  const { capacityDesired } = observation.state;
  if (capacityDesired === planned.to) {
    return { kind: 'applied', detail: `the group already has ${planned.to}` };
  }
  if (capacityDesired !== planned.from) {
    return { kind: 'supersede', detail: `the group has moved to ${capacityDesired}` };
  }

  const objection = objectionTo(observation, planned);
  return objection === undefined
    ? { kind: 'reissue', detail: `${planned.to} never arrived` }
    : { kind: 'supersede', detail: objection };
};

const objectionTo = (
  observation: GroupObservation,
  planned: CapacityDecision,
): string | undefined => {
  const { head, now } = observation;
  if (now - planned.at >= PLAN_EXPIRY_MS) return 'the plan is too old';
  if (within(narrowedBoundsOf(observation), planned.to) !== planned.to)
    return 'the bounds have changed';

  const { lastScaleIn: _in, lastScaleOut: _out, ...rest } = head;
  const afterwards = { ...observation, head: rest };
  const objection = objectionToCapacity(planned.to, afterwards);
  if (objection !== undefined) return objection.detail;

  const afresh = decideCapacity(afterwards);
  const isSameWay = Math.sign(afresh.to - planned.from) === Math.sign(planned.to - planned.from);
  return isSameWay ? undefined : `the rules now say ${afresh.to} (${afresh.reason})`;
};
