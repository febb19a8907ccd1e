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
