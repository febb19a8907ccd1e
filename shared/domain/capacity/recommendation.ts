import type { TraceLine } from '#domain/ledger/decision.ts';
import type { Reason } from '#domain/ledger/reason.ts';

/** One rule's answer to an observation. */
export type Recommendation = Readonly<{
  rule: string;
  reason: Reason;
  detail: string;
  /** Recorded, and nothing else. */
  isShadow?: true;
  ballot?: string;
}> &
  (
    | Readonly<{ kind: 'recommends'; capacity: number }>
    /** The rule has no recommendation at present. */
    | Readonly<{ kind: 'abstains' }>
    /** The rule cannot see; it never causes a change, and may forbid one. */
    | Readonly<{ kind: 'blind'; blocksScaleIn: boolean }>
    /** The rule cannot see, and its operator wants nothing to move then. */
    | Readonly<{ kind: 'fails' }>
  );

/** The line of the trace that says what the rule made of it. */
export const traceOfRecommendation = (recommendation: Recommendation): TraceLine => {
  const { rule, reason, detail, isShadow } = recommendation;
  const line = { stage: 'rule', subject: rule, reason, detail } as const;
  const capacity =
    recommendation.kind === 'recommends' ? { capacity: recommendation.capacity } : {};
  if (isShadow) return { ...line, verdict: 'shadow', ...capacity };

  switch (recommendation.kind) {
    case 'recommends':
      return { ...line, verdict: 'recommend', ...capacity };
    case 'fails':
      return { ...line, verdict: 'hold' };
    case 'abstains':
    case 'blind':
      return { ...line, verdict: 'abstain' };
  }
};
