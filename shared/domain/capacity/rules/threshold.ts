import type { ThresholdRule } from '#domain/configuration/rule.ts';
import type { Alarm } from '#domain/observed/alarm.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { type Instant, secondsBetween } from '#domain/time/instant.ts';
import { currentCapacity, type GroupObservation } from '../observation.ts';
import type { Recommendation } from '../recommendation.ts';
import { abstain, wants, withoutData } from './recommendations.ts';
import { wishFor } from './wish.ts';

export const recommendByThreshold = (
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
  const wish = wishFor(rule.adjustment, observation);
  if (wish.capacity < currentCapacity(observation) && !alarm.isEvaluated) {
    return withoutData(rule, `CloudWatch could not evaluate all data of ${alarm.name}`);
  }

  const met = `${describeCondition(rule)} ${describeAge(alarm, observation.now)}`;
  return wants(rule, 'ThresholdMet', { ...wish, detail: `${met}: ${wish.detail}` });
};

const describeCondition = ({ alarm }: ThresholdRule): string =>
  alarm.kind === 'generated' ? alarm.condition.text : `alarm ${alarm.name}`;

const describeAge = ({ since }: Alarm, now: Instant): string =>
  `(in ALARM for ${describeSeconds(Math.max(0, secondsBetween(since, now)))})`;
