import type { GateStage } from '#domain/ledger/decision.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import type { GroupObservation } from '../observation.ts';

/** A gate can bend or stop a change of capacity. */
export type Gate<S extends GateStage = GateStage> = Readonly<{
  /** The word for it in the trace, and its place in the table of gates. */
  stage: S;
  /** It forbids a change whoever asks for it, rules or a later gate, and stands in `GUARDS`. */
  isGuard: boolean;
  /** The clock alone may end what it holds, so `tidegate status` can say when; of others only a change of the group does. */
  isTimed: boolean;
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
