import type { TraceLine } from './decision.ts';
import type { Reason } from './reason.ts';

/** What one rule makes of an observation. */
export type Recommendation = Readonly<{ rule: string; reason: Reason; detail: string }> &
  (
    | Readonly<{ kind: 'recommends'; capacity: number }>
    /** The rule has no wish at present. */
    | Readonly<{ kind: 'abstains' }>
    /** The rule cannot see; it never causes a change, and may forbid one. */
    | Readonly<{ kind: 'blind'; blocksScaleIn: boolean }>
  );

/** The line of the trace that says what the rule made of it. */
export const traceOfRecommendation = (recommendation: Recommendation): TraceLine => {
  const { rule, reason, detail } = recommendation;
  const line = { stage: 'rule', subject: rule, reason, detail } as const;

  return recommendation.kind === 'recommends'
    ? { ...line, verdict: 'recommend', capacity: recommendation.capacity }
    : { ...line, verdict: 'abstain' };
};
