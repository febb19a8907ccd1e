import type { OnMissing } from '#domain/configuration/rule-parts.ts';
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

/** Recommends without data, as the operator of the rule said. */
export const withoutData = (
  rule: Named & Readonly<{ onMissing: OnMissing }>,
  detail: string,
): Recommendation => {
  const { name, onMissing } = rule;
  if (onMissing === 'fail') return { kind: 'fails', rule: name, reason: 'MetricsFailed', detail };
  if (typeof onMissing === 'object' && 'fallback' in onMissing) {
    const capacity = onMissing.fallback;
    return wants(rule, 'Fallback', { capacity, detail: `${detail}: falls back to ${capacity}` });
  }

  const blocksScaleIn = onMissing !== 'ignore';
  return { kind: 'blind', rule: name, reason: 'MissingData', blocksScaleIn, detail };
};
