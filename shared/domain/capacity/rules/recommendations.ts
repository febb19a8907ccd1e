import type { Reason } from '#domain/ledger/reason.ts';
import type { Recommendation } from '../recommendation.ts';

type Named = Readonly<{ name: string }>;

/** The rule asks for a capacity. */
export const wants = (
  { name }: Named,
  reason: Reason,
  { capacity, detail }: Readonly<{ capacity: number; detail: string }>,
): Recommendation => ({ kind: 'recommends', rule: name, reason, capacity, detail });

/** The rule has no recommendation at present. */
export const abstain = ({ name }: Named, reason: Reason, detail: string): Recommendation => ({
  kind: 'abstains',
  rule: name,
  reason,
  detail,
});
