import type { Decision } from './decision.ts';
import type { HealthObservation } from './health-observation.ts';
import type { Instant } from './instant.ts';
import type { Observation } from './observation.ts';
import type { Outcome } from './outcome.ts';

/**
 * What is written into the ledger along with a head. An entry is opened with the decision and all
 * that it looked at, which is enough to compute it again, byte for byte; a plan is closed later.
 */
export type Entry =
  | Readonly<{
      kind: 'open';
      status: 'planned' | 'held';
      decision: Decision;
      observation: Observation | HealthObservation;
    }>
  | Readonly<{
      kind: 'close';
      status: 'applied' | 'refused' | 'superseded';
      decision: Decision;
      settledAt: Instant;
      outcome?: Outcome;
    }>;
