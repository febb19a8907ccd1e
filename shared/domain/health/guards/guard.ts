import type { GuardStage, TraceLine } from '#domain/ledger/decision.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { HealthObservation } from '../health-observation.ts';
import type { RemovalCandidate } from '../removal-candidates.ts';

/** An obstacle forbids to touch targets; its line of the trace names the guard. */
export type GuardObstacle<S extends GuardStage = GuardStage> = Readonly<{
  reason: Reason;
  detail: string;
  trace: TraceLine & Readonly<{ stage: S }>;
}>;

/** An observation of a group that is there. */
export type Seen = HealthObservation & Readonly<{ state: GroupState }>;

/** A guard says what it has against taking these out of service, or nothing. */
export type Guard<S extends GuardStage = GuardStage> = (
  observation: Seen,
  candidates: readonly RemovalCandidate[],
) => GuardObstacle<S> | undefined;

export const obstacle = <S extends GuardStage>(
  stage: S,
  reason: Reason,
  detail: string,
): GuardObstacle<S> => ({
  reason,
  detail,
  trace: { stage, verdict: 'hold', reason, detail },
});
