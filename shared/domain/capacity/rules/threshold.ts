import { describeAdjustment } from '#domain/configuration/describe-adjustment.ts';
import { conditionOf, type ThresholdRule } from '#domain/configuration/rule.ts';
import type { Alarm } from '#domain/observed/alarm.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { type Instant, secondsBetween } from '#domain/time/instant.ts';
import { currentCapacity, type GroupObservation } from '../observation.ts';
import type { Recommendation } from '../recommendation.ts';
import { describeNothing, isNothingOfZero, isOfInstances, SHARE_OF_NOTHING } from './at-zero.ts';
import { recommendAdjustment } from './recommend-adjustment.ts';
import { abstain, wants } from './recommendations.ts';
import type { RuleKind } from './rule-kind.ts';
import { withoutData } from './without-data.ts';

const recommendByThreshold = (
  rule: ThresholdRule,
  observation: GroupObservation,
): Recommendation => {
  const alarm = observation.alarms.find(({ name }) => name === rule.alarm.name);
  if (alarm === undefined) return withoutData(rule, `there is no alarm named ${rule.alarm.name}`);
  if (!alarm.actionsEnabled) {
    return abstain(rule, 'ActionsDisabled', `actions of ${alarm.name} are disabled`);
  }

  switch (alarm.state) {
    case 'ALARM':
      return recommendByAlarm(rule, alarm, observation);
    case 'OK':
      return abstain(rule, 'ThresholdNotMet', `${describeCondition(rule)} is not met`);
    case 'INSUFFICIENT_DATA':
      return withoutData(rule, `${alarm.name} has insufficient data`);
    case 'UNKNOWN':
      return withoutData(rule, `${alarm.name} is in a state that Tidegate does not know`);
  }
};

const recommendByAlarm = (
  rule: ThresholdRule,
  alarm: Alarm,
  observation: GroupObservation,
): Recommendation => {
  const adjusted = recommendAdjustment(rule.adjustment, observation);
  if (adjusted.capacity < currentCapacity(observation) && !alarm.isEvaluated) {
    return withoutData(rule, `CloudWatch could not evaluate all data of ${alarm.name}`);
  }

  const met = describeMet(rule, alarm, observation.now);
  return wants(rule, 'ThresholdMet', { ...adjusted, detail: `${met}: ${adjusted.detail}` });
};

const describeCondition = ({ alarm }: ThresholdRule): string =>
  alarm.kind === 'existing' ? `alarm ${alarm.name}` : alarm.condition.text;

/** A condition that is held against the metric at each look says nothing of how long it has been met beyond its own time. */
const describeMet = (rule: ThresholdRule, alarm: Alarm, now: Instant): string =>
  rule.alarm.kind === 'watched'
    ? describeCondition(rule)
    : `${describeCondition(rule)} ${describeAge(alarm, now)}`;

const describeAge = ({ since }: Alarm, now: Instant): string =>
  `(in ALARM for ${describeSeconds(Math.max(0, secondsBetween(since, now)))})`;

const whyNoAddition = (
  { alarm, adjustment }: ThresholdRule,
  { group }: GroupObservation,
): string | undefined => {
  if (adjustment.kind === 'remove') return undefined;
  if (adjustment.kind === 'set') return adjustment.capacity > 0 ? 'able' : undefined;
  if (adjustment.unit === 'percent') return SHARE_OF_NOTHING;
  if (alarm.kind === 'existing') return 'able';

  const { metric } = alarm.condition;
  return isOfInstances(group.metrics[metric]) ? describeNothing(metric) : 'able';
};

/** While its alarm is in ALARM, it asks for the adjustment. */
export const threshold: RuleKind<ThresholdRule> = {
  recommend: recommendByThreshold,
  atZero: whyNoAddition,
  fromZero: ({ adjustment }) => ({
    makes: isNothingOfZero(adjustment) ? 'share-of-nothing' : 'able',
  }),
  turns: (rule) => {
    const condition = conditionOf(rule);
    if (condition === undefined) return [];
    const { metric, comparison, threshold: bound } = condition;
    const side = comparison.startsWith('>') ? 'above' : 'below';
    return [{ rule: rule.name, metric, side, bound, adjustment: rule.adjustment, atLeast: 0 }];
  },
  marks: (rule) => {
    const condition = conditionOf(rule);
    if (condition === undefined) return [];
    const { metric, threshold: value, text } = condition;
    return [{ metric, value, label: `${rule.name}: ${text}` }];
  },
  describe: ({ alarm, adjustment }) => {
    const isOwn = alarm.kind === 'existing';
    const when = isOwn ? `your alarm ${alarm.name} fires` : alarm.condition.text;
    return `while ${when}, ${describeAdjustment(adjustment)}`;
  },
};
