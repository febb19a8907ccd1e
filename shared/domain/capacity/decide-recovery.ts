import { type CapacityDecision, changesPool } from '#domain/ledger/decision.ts';
import type { InFlight } from '#domain/ledger/head.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import { decideCapacity } from './decide-capacity.ts';
import { decidePool } from './decide-pool.ts';
import { objectionTo as objectionToCapacity } from './gates/guards.ts';
import { narrowedBoundsOf, within } from './narrowed-bounds.ts';
import { type GroupObservation, isFound, type Observation } from './observation.ts';

/**
 * The end of a decision that was planned and not settled: `wait` while its author may still be
 * at work, `applied` when AWS already has it, `reissue` when it never arrived, `supersede` when the
 * world has moved on.
 */
export type Recovery =
  | Readonly<{ kind: 'wait' | 'applied' | 'supersede'; detail: string }>
  /** The decision is the planned one, without a limit of the warm pool that must not be set now. */
  | Readonly<{ kind: 'reissue'; decision: CapacityDecision; detail: string }>;

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
  if (capacityDesired === planned.to) return recoverPool(observation, planned);
  if (capacityDesired !== planned.from) {
    return { kind: 'supersede', detail: `the group has moved to ${capacityDesired}` };
  }

  const objection = objectionTo(observation, planned);
  return objection === undefined
    ? {
        kind: 'reissue',
        decision: withPoolIfRight(observation, planned),
        detail: `${planned.to} never arrived`,
      }
    : { kind: 'supersede', detail: objection };
};

/**
 * The end of a plan whose capacity the group has. The warm pool's limit is issued again while the pool shows the one
 * from before; of a plan that sizes nothing but the pool, any other says that the world has moved on.
 */
const recoverPool = (observation: GroupObservation, planned: CapacityDecision): Recovery => {
  const { pool, to } = planned;
  const hasCapacity: Recovery = { kind: 'applied', detail: `the group already has ${to}` };
  if (pool === undefined || !changesPool(planned)) return hasCapacity;

  if (observation.pool?.settings?.prepared === pool.to) {
    return { kind: 'applied', detail: `the warm pool already has its limit of ${pool.to}` };
  }
  // A capacity that the group has is set once more beside the pool: only while it would be set again by itself.
  const isAllowed = planned.from === to || objectionTo(observation, planned) === undefined;
  if (isAllowed && isPoolRight(observation, planned)) {
    const detail = `the limit of the warm pool, ${pool.to}, never arrived`;
    return { kind: 'reissue', decision: planned, detail };
  }
  const afresh = decidePool(withoutPoolChange(observation), to);
  return planned.from === to
    ? { kind: 'supersede', detail: `the warm pool should now have ${afresh?.to ?? 'what it has'}` }
    : hasCapacity;
};

/** Leaves the pool to the next look where it would be decided in another way now, or must stay as it is. */
const withPoolIfRight = (
  observation: GroupObservation,
  planned: CapacityDecision,
): CapacityDecision => {
  if (isPoolRight(observation, planned)) return planned;
  const { pool: _pool, ...capacityAlone } = planned;
  return capacityAlone;
};

/** True while the pool shows the limit from before the plan, and the plan's own limit would be decided again. */
const isPoolRight = (observation: GroupObservation, { pool, to }: CapacityDecision): boolean =>
  pool !== undefined &&
  observation.pool?.settings?.prepared === pool.from &&
  decidePool(withoutPoolChange(observation), to)?.to === pool.to;

const withoutPoolChange = ({ head, ...observation }: GroupObservation): GroupObservation => {
  const { lastPool: _last, ...rest } = head;
  return { ...observation, head: rest };
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
