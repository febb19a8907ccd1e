import type { OnMissing } from '#domain/configuration/rule-parts.ts';
import type { Recommendation } from '../recommendation.ts';
import { wants } from './recommendations.ts';

/** Recommends without data, as the rule says by `onMissing`. */
export const withoutData = (
  rule: Readonly<{ name: string; onMissing: OnMissing }>,
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
