import { GATES } from '#domain/capacity/apply-gates.ts';
import type { Verdict } from '#domain/capacity/gates/gate.ts';
import { heldHead } from '#domain/capacity/next-scale-head.ts';
import { type GroupObservation, isFound, type Observation } from '#domain/capacity/observation.ts';
import type { CapacityDecision, GateStage, TraceLine } from '#domain/ledger/decision.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';

/** A gate that stands in the way of what the rules ask for. */
export type HoldingGate = Readonly<{
  stage: GateStage;
  /** `hold` lets nothing move, `bend` lets less or something else pass. */
  verdict: 'hold' | 'bend';
  reason: Reason;
  detail: string;
  /** The capacity that it leaves. */
  capacity: number;
  /**
   * The time from which it lets pass what is asked for now, or more of it; absent when time alone does not end
   * it.
   */
  until?: Instant;
}>;

/** The gates that hold or bend a decision, in their order, each with the time at which it lets go. */
export const holdingGates = (
  observation: Observation,
  decision: CapacityDecision,
): readonly HoldingGate[] => {
  if (!isFound(observation)) return [];
  const later = asRemembered(observation, decision);

  return decision.trace.flatMap((line, index) => {
    const { stage, verdict, reason, detail, capacity = decision.from } = line;
    if (!isGate(stage) || (verdict !== 'hold' && verdict !== 'bend')) return [];
    const before = decision.trace[index - 1]?.capacity ?? decision.from;
    const until = isTimed(stage, reason) ? endOf(stage, before, later) : undefined;
    return [
      { stage, verdict, reason, detail, capacity, ...(until === undefined ? {} : { until }) },
    ];
  });
};

/** The observation with the head that the next look leaves behind: the present recommendation is remembered. */
const asRemembered = (
  observation: GroupObservation,
  decision: CapacityDecision,
): GroupObservation => ({ ...observation, head: heldHead(observation, decision) });

const isGate = (stage: TraceLine['stage']): stage is GateStage => Object.hasOwn(GATES, stage);

/** A gate that time ends; what waits for instances or for a person ends when they have come. */
const isTimed = (stage: GateStage, reason: Reason): boolean =>
  GATES[stage].isTimed || reason === 'InstancesWarmingUp';

/** Longer than any cooldown, window or override lasts. */
const HORIZON_MS = 32 * 24 * 60 * MINUTE_MS;

/** The first instant at which the gate says something else; nothing when it still says the same at the horizon. */
const endOf = (
  stage: GateStage,
  capacity: number,
  observation: GroupObservation,
): Instant | undefined => {
  const verdictAt = (now: Instant): Verdict =>
    GATES[stage].check(capacity, { ...observation, now });
  const present = leftBy(verdictAt(observation.now));
  const holdsAt = (now: Instant): boolean => leftBy(verdictAt(now)) === present;
  let [held, passed] = [observation.now, observation.now + MINUTE_MS];
  while (holdsAt(passed)) {
    if (passed - observation.now > HORIZON_MS) return undefined;
    [held, passed] = [passed, observation.now + 2 * (passed - observation.now)];
  }
  while (passed - held > 1) {
    const middle = Math.floor((held + passed) / 2);
    if (holdsAt(middle)) held = middle;
    else passed = middle;
  }
  return passed;
};

/** The effect of a verdict: what passes, or that nothing does. */
const leftBy = (verdict: Verdict): number | string =>
  verdict.kind === 'bend' ? verdict.capacity : verdict.kind;
