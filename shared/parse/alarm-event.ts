import type { Result } from '#domain/basics/result.ts';
import type { AlarmEvent, AlarmForm } from '#domain/observed/alarm.ts';
import { alarmStateOf, MAX_ARN, MAX_NAME, MAX_REASON } from './alarm-state.ts';
import { isBridgeEvent, parseBridgeEvent } from './bridge-event.ts';
import { type Fields, fieldsOf } from './fields.ts';
import { formOfMetrics } from './form-of-metrics.ts';
import { fieldOf, type JsonObject, listIn, objectIn } from './json.ts';
import type { ParseProblem } from './parse-problem.ts';
import type { QueueMessage } from './queue-message.ts';

/**
 * A state change of a CloudWatch alarm of any kind, as an alarm action or as an event of EventBridge.
 * Only the fields that are used are checked; all others may change, and may be null.
 */
export const parseAlarmEvent = (message: QueueMessage): Result<AlarmEvent, ParseProblem> =>
  isBridgeEvent(message.content) ? parseBridgeEvent(message) : parseNotification(message);

const parseNotification = (message: QueueMessage): Result<AlarmEvent, ParseProblem> => {
  const fields = fieldsOf(message.content, message.path);
  const name = fields.text('AlarmName', MAX_NAME);
  const contributorId = fields.optionalText('AlarmContributorId', MAX_NAME);

  return fields.result({
    kind: 'alarm',
    form: formOf(message.content),
    name,
    arn: fields.optionalText('AlarmArn', MAX_ARN) ?? arnFrom(message, name) ?? refuseArn(fields),
    state: alarmStateOf(fields.text('NewStateValue', MAX_NAME)),
    previousState: alarmStateOf(fields.optionalText('OldStateValue', MAX_NAME)),
    reason: fields.prose('NewStateReason', MAX_REASON),
    at: fields.instant('StateChangeTime'),
    ...(contributorId === undefined ? {} : { contributorId }),
  });
};

const refuseArn = (fields: Fields): string => {
  fields.refuse('AlarmArn', 'an ARN, or AWSAccountId and the TopicArn of the envelope of SNS');
  return '';
};

/**
 * Messages of old lack the ARN. The alarm is in the topic's Region, since an alarm can only notify
 * there; the message's own `Region` is a name for people, such as `EU (Ireland)`.
 */
const arnFrom = ({ content, topicArn = '' }: QueueMessage, name: string): string | undefined => {
  const [, partition, region] = TOPIC_ARN.exec(topicArn) ?? [];
  const account = fieldOf(content, 'AWSAccountId');
  if (region === undefined || typeof account !== 'string' || !ACCOUNT.test(account))
    return undefined;

  return `arn:${partition}:cloudwatch:${region}:${account}:alarm:${name}`;
};

const TOPIC_ARN = /^arn:([a-z-]{1,20}):sns:([a-z0-9-]{1,30}):\d{12}:/;
const ACCOUNT = /^\d{12}$/;

const formOf = (content: JsonObject): AlarmForm => {
  const trigger = objectIn(content, 'Trigger');
  if (fieldOf(content, 'AlarmContributorId') !== undefined) return 'contributor';
  if (fieldOf(content, 'AlarmRule') !== undefined) return 'composite';
  if (fieldOf(trigger, 'ThresholdMetricId') !== undefined) return 'anomaly';
  if (fieldOf(trigger, 'MetricName') !== undefined) return 'metric';
  if (fieldOf(objectIn(content, 'NewStateReasonData'), 'queryResultsToEvaluate') !== undefined) {
    return 'log';
  }

  return formOfMetrics(listIn(trigger, 'Metrics'), 'Expression');
};
