import type { Mark } from '#console/page/data.ts';
import { outcomeOfRecorded, type RecordedDecision } from '#domain/ledger/recorded-decision.ts';

/** Recorded decisions as marks, the oldest first. What the world overtook did nothing, and nobody was told: it is no mark. */
export const marksOf = (decisions: readonly RecordedDecision[]): readonly Mark[] =>
  decisions
    .filter(({ status }) => status !== 'superseded')
    .map(markOf)
    .toSorted((a, b) => a.at - b.at);

const markOf = (decision: RecordedDecision): Mark => {
  const outcome = outcomeOfRecorded(decision);
  const { kind = 'planned' as const, reason = decision.reason, capacity } = outcome ?? {};
  return {
    at: decision.at,
    id: decision.id,
    kind,
    summary: outcome?.summary ?? decision.summary,
    reason,
    ...(capacity === undefined || kind !== 'scaled' ? {} : { change: capacity }),
    ...(decision.goesOn ? { isKnown: true } : {}),
  };
};
