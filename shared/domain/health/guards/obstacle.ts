import type { TraceLine } from '#domain/ledger/decision.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { HealthObservation } from '../health-observation.ts';

/** What forbids to touch targets. */
export type Obstacle = Readonly<{ reason: Reason; detail: string; trace: TraceLine }>;

/** An observation of a group that is there. */
export type Seen = HealthObservation & Readonly<{ state: GroupState }>;

export type Guard = (observation: Seen) => Obstacle | undefined;

export const obstacle = (stage: TraceLine['stage'], reason: Reason, detail: string): Obstacle => ({
  reason,
  detail,
  trace: { stage, verdict: 'hold', reason, detail },
});
