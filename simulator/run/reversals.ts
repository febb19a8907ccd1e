import type { CapacityDecision, Decision } from '#domain/ledger/decision.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';

/** Rules asked for it, as opposed to bounds, people, corrections, and schedules that ask for a capacity. */
const isByRules = ({ reason, rule, trace }: CapacityDecision): boolean => {
  const line = trace.find(({ stage, subject }) => stage === 'rule' && subject === rule);
  return (reason === 'ScaledOut' || reason === 'ScaledIn') && line?.reason !== 'WindowOpen';
};

/**
 * Counts reversals: changes by rules in the other direction than the change by rules before it, of each
 * group apart. A change that is settled twice is one.
 */
export const createReversalCounter = () => {
  const last = new Map<string, Readonly<{ id: string; isOut: boolean }>>();

  /** True when this settled decision turned its group round. */
  return (decision: Decision, { kind }: Outcome): boolean => {
    if (kind !== 'scaled' || decision.kind !== 'capacity' || !isByRules(decision)) return false;
    const { id, group, from, to } = decision;
    const before = last.get(group);
    last.set(group, { id, isOut: to > from });
    return before !== undefined && before.id !== id && before.isOut !== to > from;
  };
};
