import { adjust, describeAdjustment } from './adjust.ts';
import type { Alarm } from './alarm.ts';
import type { Rule, ThresholdRule } from './configuration.ts';
import { describeSeconds } from './describe-seconds.ts';
import { type Instant, secondsBetween } from './instant.ts';
import { currentCapacity, type GroupObservation } from './observation.ts';
import type { Reason } from './reason.ts';
import type { Recommendation } from './recommendation.ts';

/** What a rule recommends for the group as it is observed now. */
export const recommend = (rule: Rule, observation: GroupObservation): Recommendation => {
  switch (rule.kind) {
    case 'threshold':
      return recommendByThreshold(rule, observation);
  }
};

const recommendByThreshold = (
  rule: ThresholdRule,
  observation: GroupObservation,
): Recommendation => {
  const alarm = observation.alarms.find(({ name }) => name === rule.alarm.name);
  if (alarm === undefined) return blind(rule, `there is no alarm named ${rule.alarm.name}`);
  if (!alarm.actionsEnabled) {
    return abstain(rule, 'ActionsDisabled', `actions of ${alarm.name} are disabled`);
  }

  switch (alarm.state) {
    case 'ALARM':
      return recommendByAlarm(rule, alarm, observation);
    case 'OK':
      return abstain(rule, 'ThresholdNotMet', `${describeCondition(rule)} is not met`);
    case 'INSUFFICIENT_DATA':
      return blind(rule, `${alarm.name} has insufficient data`);
    case 'UNKNOWN':
      return blind(rule, `${alarm.name} is in a state that Tidegate does not know`);
  }
};

const recommendByAlarm = (
  rule: ThresholdRule,
  alarm: Alarm,
  observation: GroupObservation,
): Recommendation => {
  const current = currentCapacity(observation);
  const capacity = adjust(rule.adjustment, current);
  if (capacity < current && !alarm.isEvaluated) {
    return blind(rule, `CloudWatch could not evaluate all data of ${alarm.name}`);
  }

  const wish = `${describeAdjustment(rule.adjustment)} to ${current} makes ${capacity}`;
  const met = `${describeCondition(rule)} ${describeAge(alarm, observation.now)}`;
  return {
    kind: 'recommends',
    rule: rule.name,
    reason: 'ThresholdMet',
    capacity,
    detail: `${met}: ${wish}`,
  };
};

const abstain = ({ name }: ThresholdRule, reason: Reason, detail: string): Recommendation => ({
  kind: 'abstains',
  rule: name,
  reason,
  detail,
});

const blind = (rule: ThresholdRule, detail: string): Recommendation => ({
  kind: 'blind',
  rule: rule.name,
  reason: 'MissingData',
  blocksScaleIn: rule.onMissing === 'hold',
  detail,
});

const describeCondition = ({ alarm }: ThresholdRule): string =>
  alarm.kind === 'generated' ? alarm.condition.text : `alarm ${alarm.name}`;

const describeAge = ({ since }: Alarm, now: Instant): string =>
  `(in ALARM for ${describeSeconds(Math.max(0, secondsBetween(since, now)))})`;
