import type { Observation } from '#domain/capacity/observation.ts';
import type { HealthObservation } from '#domain/health/health-observation.ts';
import type { Decision } from '#domain/ledger/decision.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import type { Instant } from '#domain/time/instant.ts';

/**
 * An entry is written into the ledger along with a head. It is opened with the decision and all
 * that it looked at, which is enough to compute it again, byte for byte; a plan is closed later.
 */
export type Entry =
  | Readonly<{
      kind: 'open';
      status: 'planned' | 'held';
      decision: Decision;
      observation: Observation | HealthObservation;
      /** The trouble that it is in was told before, and goes on. */
      goesOn?: true;
    }>
  | Readonly<{
      kind: 'close';
      status: 'applied' | 'refused' | 'superseded';
      decision: Decision;
      settledAt: Instant;
      outcome?: Outcome;
      /** The same refusal was told before. */
      goesOn?: true;
    }>;
