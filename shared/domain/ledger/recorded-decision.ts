import type { Instant } from '#domain/time/instant.ts';
import type { Outcome, OutcomeKind } from './outcome.ts';
import { kindOfHold } from './outcome-of.ts';
import type { Reason } from './reason.ts';

/** A decision as the ledger lists it, without all that it looked at. */
export type RecordedDecision = Readonly<{
  id: string;
  group: string;
  at: Instant;
  /** `planned` until it is known how it ended; `held` of a decision not to act. */
  status: 'planned' | 'held' | 'applied' | 'refused' | 'superseded';
  reason: Reason;
  summary: string;
  settledAt?: Instant;
  /** Present once a plan has been closed; absent when the world overtook it. */
  outcome?: Outcome;
  /** The kind of the outcome of a hold, where its reason alone would tell another one. */
  outcomeKind?: OutcomeKind;
  /** Trouble of which people had been told before: the history has a line of it, and nobody got a message. */
  goesOn?: true;
  /** The hash of the configuration that decided; absent in entries of older versions. */
  configuration?: string;
  /** The cause why the ledger has no record of it. */
  recordMissing?: string;
}>;

/** The subject of a decision, which its id tells. */
export const subjectOfRecorded = ({
  id,
  group,
}: Pick<RecordedDecision, 'id' | 'group'>): 'capacity' | 'health' =>
  id.startsWith(`${group}-health-`) ? 'health' : 'capacity';

/** The outcome of a decision; nothing of one that was overtaken, or is still in flight. */
export const outcomeOfRecorded = (decision: RecordedDecision): Outcome | undefined => {
  const { outcome, status, id, group, at, reason, summary, outcomeKind } = decision;
  if (outcome !== undefined || status !== 'held') return outcome;
  return {
    schemaVersion: 1,
    kind: outcomeKind ?? kindOfHold(reason),
    decisionId: id,
    group,
    autoScalingGroup: group,
    at,
    about: subjectOfRecorded(decision),
    reason,
    summary,
  };
};
