import type { Stage } from '#domain/ledger/decision.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import type { GroupObservation } from '../observation.ts';

/** Something that can bend or stop a change of capacity. */
export type Gate = Readonly<{
  stage: Stage;
  /** Looks at the capacity that the stages before it left standing. */
  check: (capacity: number, observation: GroupObservation) => Verdict;
}>;

/**
 * `pass` leaves the capacity as it is, `bend` changes it, `hold` puts it back to the current one and
 * lets the later gates look, `stop` does the same and ends the evaluation.
 */
export type Verdict =
  | Readonly<{ kind: 'pass'; detail: string }>
  | Readonly<{ kind: 'bend'; capacity: number; reason: Reason; detail: string }>
  | Readonly<{ kind: 'hold' | 'stop'; reason: Reason; detail: string }>;

export const pass = (detail: string): Verdict => ({ kind: 'pass', detail });
