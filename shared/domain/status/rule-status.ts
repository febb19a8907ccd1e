import type { GroupObservation } from '#domain/capacity/observation.ts';
import { recommend } from '#domain/capacity/recommend.ts';
import type { Recommendation } from '#domain/capacity/recommendation.ts';
import { kindOf } from '#domain/capacity/rules/rules.ts';
import { type Found, isRefused } from '#domain/configuration/metric.ts';
import { metricsOf, type Rule } from '#domain/configuration/rule.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import type { Instant } from '#domain/time/instant.ts';

/** The newest value of a metric beside the values at which a rule acts on it. */
export type MetricStatus = Readonly<{
  metric: string;
  /** Absent when it has no data, or when CloudWatch refuses it. */
  value?: number;
  /** The begin of the period of the value. */
  at?: Instant;
  /** CloudWatch's reason to refuse it. */
  refusal?: string;
  /** The thresholds, bounds of bands and targets of the rule. */
  marks: readonly number[];
}>;

/** A rule, and what it makes of the group now. */
export type RuleStatus = Readonly<{
  rule: string;
  /** The rule as a sentence: `while cpu > 70 for 5m, add 2`. */
  text: string;
  answer: Recommendation['kind'];
  /** It is only watched, and never acts. */
  isShadow?: true;
  reason: Reason;
  detail: string;
  /** The capacity that it asks for. */
  capacity?: number;
  metrics: readonly MetricStatus[];
}>;

/** Newest values of metrics by name; nothing of one without data. */
export type MetricValues = Readonly<Record<string, Found>>;

/** Asks a rule what it makes of an observation, and puts the values that it goes by beside it. */
export const ruleStatusOf = (
  rule: Rule,
  observation: GroupObservation,
  values: MetricValues,
): RuleStatus => {
  const recommendation = recommend(rule, observation);
  const { kind, reason, detail, isShadow } = recommendation;
  return {
    rule: rule.name,
    text: kindOf(rule).describe(rule),
    answer: kind,
    ...(isShadow ? { isShadow } : {}),
    reason,
    detail,
    ...(kind === 'recommends' ? { capacity: recommendation.capacity } : {}),
    metrics: metricsIn(rule, values),
  };
};

const metricsIn = (rule: Rule, values: MetricValues): readonly MetricStatus[] => {
  const marks = kindOf(rule).marks(rule);
  const names = [...new Set([...metricsOf(rule), ...marks.map(({ metric }) => metric)])];
  return names.map((metric) => ({
    metric,
    ...foundIn(values[metric]),
    marks: marks.filter((each) => each.metric === metric).map(({ value }) => value),
  }));
};

const foundIn = (found: Found): Pick<MetricStatus, 'value' | 'at' | 'refusal'> => {
  if (found === undefined) return {};
  if (isRefused(found)) return { refusal: found.refusal };
  return found.whole === undefined ? {} : { value: found.whole.value, at: found.whole.at };
};
