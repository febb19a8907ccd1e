import type { Result } from '#domain/basics/result.ts';
import type { AlarmEvent, AlarmForm } from '#domain/observed/alarm.ts';
import { alarmStateOf, MAX_ARN, MAX_NAME, MAX_REASON } from './alarm-state.ts';
import { type Fields, fieldsOf } from './fields.ts';
import { formOfMetrics } from './form-of-metrics.ts';
import { fieldOf, isObject, type JsonObject, listIn, objectIn } from './json.ts';
import type { ParseProblem } from './parse-problem.ts';
import type { QueueMessage } from './queue-message.ts';

/** True for whatever has the outer shape of EventBridge. */
export const isBridgeEvent = (content: JsonObject): boolean =>
  fieldOf(content, 'detail-type') !== undefined && isObject(fieldOf(content, 'detail'));

/**
 * A state change as EventBridge tells it. It is told even when the alarm's actions are switched off
 * or suppressed, which the alarm itself says when it is read.
 */
export const parseBridgeEvent = (message: QueueMessage): Result<AlarmEvent, ParseProblem> => {
  const fields = fieldsOf(message.content, message.path);
  if (!DETAIL_TYPES.includes(fields.text('detail-type', MAX_NAME))) {
    fields.refuse('detail-type', DETAIL_TYPES.join(' or '));
  }
  const detail = fields.inside('detail');
  const state = detail.inside('state');
  const previous = detail.inside('previousState').optionalText('value', MAX_NAME);
  const contributorId = detail.inside('alarmContributor').optionalText('id', MAX_NAME);

  return fields.result({
    kind: 'alarm',
    form: formOf(objectIn(message.content, 'detail')),
    name: detail.text('alarmName', MAX_NAME),
    arn: arnIn(message.content) ?? refuseArn(fields),
    state: alarmStateOf(state.text('value', MAX_NAME)),
    previousState: alarmStateOf(previous),
    reason: state.prose('reason', MAX_REASON),
    at: state.instant('timestamp'),
    ...(contributorId === undefined ? {} : { contributorId }),
  });
};

const DETAIL_TYPES = ['CloudWatch Alarm State Change', 'CloudWatch Alarm Contributor State Change'];

const arnIn = (content: JsonObject): string | undefined => {
  const [arn] = listIn(content, 'resources');
  return typeof arn === 'string' && arn.length > 0 && arn.length <= MAX_ARN ? arn : undefined;
};

const refuseArn = (fields: Fields): string => {
  fields.refuse('resources', 'a list with the ARN of the alarm');
  return '';
};

const formOf = (detail: JsonObject): AlarmForm => {
  const configuration = objectIn(detail, 'configuration');
  if (fieldOf(detail, 'alarmContributor') !== undefined) return 'contributor';
  if (fieldOf(configuration, 'alarmRule') !== undefined) return 'composite';

  return formOfMetrics(listIn(configuration, 'metrics'), 'expression');
};
