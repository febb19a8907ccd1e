import type { OutcomeKind } from '#domain/ledger/outcome.ts';
import type { Instant } from '#domain/time/instant.ts';

/** A decision of a day, as the terminal shows it. */
export type Mark = Readonly<{
  at: Instant;
  id: string;
  kind: OutcomeKind;
  /** The decision's one sentence. */
  summary: string;
  reason: string;
}>;
