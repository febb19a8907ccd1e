import type { Decision } from '#domain/ledger/decision.ts';

/**
 * The gates of a decision made again that its record does not know, and that let it pass. Each gate adds a line to every
 * trace, so a record that an earlier version wrote lacks the lines of the gates that came later.
 */
export const laterGates = (then: Decision, now: Decision): readonly string[] => {
  const known = new Set(then.trace.map(({ stage }) => stage));
  const passed = now.trace.filter(({ stage, verdict }) => verdict === 'pass' && !known.has(stage));
  return [...new Set(passed.map(({ stage }) => stage))];
};

/** A decision without the lines of some gates. */
export const withoutGates = (decision: Decision, gates: readonly string[]): Decision => ({
  ...decision,
  trace: decision.trace.filter(({ stage }) => !gates.includes(stage)),
});
