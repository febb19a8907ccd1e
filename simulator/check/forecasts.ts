import { isRefused, type Metric } from '#domain/configuration/metric.ts';
import type { ForecastRule, Rule } from '#domain/configuration/rule.ts';
import { type Checker, type Judgement, unless } from './check-world.ts';
import { type CapacityCall, isCorrection, onCapacity, what } from './on-capacity.ts';
import { lateMinutes } from './reference-forecast.ts';

/**
 * The rule has a vote of its own, and holds without data, or has not learned what it is to learn; in a ballot who wants
 * to stay holds nobody back.
 */
const isCareful = (rule: Rule): rule is ForecastRule =>
  rule.kind === 'forecast' &&
  !rule.isShadow &&
  rule.ballot === undefined &&
  (rule.onMissing === 'hold' || rule.perInstance === undefined);

/** Judges one rule by what CloudWatch told the invocation, whatever the forecast made of it. */
const judge = (call: CapacityCall, rule: ForecastRule): readonly Judgement[] => {
  const { name, metric, perInstance } = rule;
  if (perInstance === undefined) {
    return unless(false, () => `${what(call)}, and ${name} has not learned what a unit carries`);
  }
  const past = call.view.pasts.get(call.group.metrics[metric] as Metric);
  const minutes = past === undefined || isRefused(past) ? [] : past.minutes;
  const late =
    past === undefined || isRefused(past) ? 0 : lateMinutes(past, call.plan?.at ?? call.at);
  return unless(
    minutes.length >= 10 && late <= 5,
    () => `${what(call)}, and ${name} had seen ${minutes.length} minutes, the last ${late} late`,
  );
};

export const forecastsShrinkOnData: Checker = {
  id: 'S48',
  promise:
    'missing or late demand shrinks no group: removals need ten minutes of it, the newest no more than five late, and a rule that has learned what a unit carries',
  watch: onCapacity((call) => {
    const { plan, isReissue } = call;
    if (plan === undefined || isReissue || isCorrection(call) || call.capacity >= plan.from)
      return [];
    return call.group.rules.filter(isCareful).flatMap((rule) => judge(call, rule));
  }),
};
