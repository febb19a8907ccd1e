import { describe, expect, test } from '@jest/globals';
import { parseEvaluationMessage } from '#parse/evaluation-message.ts';
import { changed, enveloped, readEvent } from '#test/support/events.ts';

const ARN = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:';
const AT = Date.UTC(2026, 2, 2, 9, 0, 12, 331);

const METRIC_ALARM = {
  kind: 'alarm',
  form: 'metric',
  name: 'tidegate-dev-web-cpu-high',
  arn: `${ARN}tidegate-dev-web-cpu-high`,
  state: 'ALARM',
  previousState: 'OK',
  reason: expect.stringMatching(/^Threshold Crossed: 5 out of the last 5 datapoints /),
  at: AT,
};

const parsed = (body: string) => {
  const result = parseEvaluationMessage(body);
  return result.ok ? result.value : result.problem.message;
};

describe('every recorded alarm message is understood', () => {
  test('a metric alarm, raw', () => {
    expect(parsed(readEvent('metric-alarm'))).toEqual(METRIC_ALARM);
  });

  test('a metric alarm in the envelope of SNS', () => {
    expect(parsed(readEvent('sns-envelope'))).toEqual(METRIC_ALARM);
  });

  test('a metric alarm as EventBridge tells it', () => {
    expect(parsed(readEvent('eventbridge-alarm'))).toEqual(METRIC_ALARM);
  });

  test('a metric alarm in an EventBridge event that went through SNS', () => {
    expect(parsed(enveloped(readEvent('eventbridge-alarm')))).toEqual(METRIC_ALARM);
  });

  test('a body of a record that Lambda hands over', () => {
    expect(parsed(JSON.parse(readEvent('sqs-event')).Records[0].body)).toEqual(METRIC_ALARM);
  });

  test.each([
    ['metric-ok', 'metric', 'tidegate-dev-web-cpu-high', 'ALARM', 'OK'],
    ['metric-low-alarm', 'metric', 'tidegate-dev-web-cpu-low', 'OK', 'ALARM'],
    [
      'metric-insufficient-data-to-ok',
      'metric',
      'tidegate-dev-web-cpu-low',
      'INSUFFICIENT_DATA',
      'OK',
    ],
    ['unhealthy-targets-alarm', 'metric', 'tidegate-dev-web-unhealthy-targets', 'OK', 'ALARM'],
    ['metric-math-alarm', 'metric-math', 'tidegate-dev-web-errors-high', 'OK', 'ALARM'],
    ['anomaly-alarm', 'anomaly', 'web-cpu-unusual', 'OK', 'ALARM'],
    ['percentile-alarm', 'metric', 'tidegate-dev-web-slow', 'OK', 'ALARM'],
    ['composite-alarm', 'composite', 'web-busy-and-slow', 'OK', 'ALARM'],
    ['composite-alarm-without-children', 'composite', 'web-busy-and-slow', 'OK', 'ALARM'],
    ['eventbridge-composite-alarm', 'composite', 'web-busy-and-slow', 'OK', 'ALARM'],
    ['log-alarm', 'log', 'web-error-lines', 'OK', 'ALARM'],
    [
      'metric-alarm-non-ascii',
      'metric',
      'Prüfung: Auslastung der Webserver 東京 🚨',
      'OK',
      'ALARM',
    ],
  ])('%s', (file, form, name, previousState, state) => {
    const alarm = { kind: 'alarm', form, name, arn: `${ARN}${name}`, previousState, state };

    expect(parsed(readEvent(file))).toEqual({
      ...alarm,
      reason: expect.any(String),
      at: expect.any(Number),
    });
  });

  test.each([
    ['contributor-alarm', 'OK'],
    ['eventbridge-contributor-alarm', 'UNKNOWN'],
  ])('%s names its contributor', (file, previousState) => {
    expect(parsed(readEvent(file))).toEqual({
      kind: 'alarm',
      form: 'contributor',
      name: 'fleet-cpu-high',
      arn: `${ARN}fleet-cpu-high`,
      state: 'ALARM',
      previousState,
      contributorId: 'b7c19e02f45a6d83',
      reason: expect.stringMatching(/^Threshold Crossed/),
      at: Date.UTC(2026, 2, 2, 9, 0, 33, 19),
    });
  });

  test('an evaluation request of the sweep', () => {
    const request = { kind: 'evaluate', group: 'web', cause: 'alarm-firing' };
    expect(parsed(readEvent('evaluation-request'))).toEqual(request);
  });

  test('an evaluation request that the queue held back', () => {
    const request = { kind: 'evaluate', group: 'web', cause: 'value-due', delaySeconds: 37 };
    expect(parsed(JSON.stringify(request))).toEqual(request);
  });
});

describe('an alarm message without an ARN', () => {
  const old = readEvent('metric-alarm-without-arn');

  test('is in the Region of the topic that it came through', () => {
    const topic = 'arn:aws:sns:eu-west-1:123456789012:alarms';
    expect(parsed(enveloped(old, { TopicArn: topic }))).toMatchObject({
      arn: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:web-cpu-high',
    });
  });

  test('keeps the partition of the topic', () => {
    const topic = 'arn:aws-us-gov:sns:us-gov-west-1:123456789012:alarms';
    expect(parsed(enveloped(old, { TopicArn: topic }))).toMatchObject({
      arn: 'arn:aws-us-gov:cloudwatch:us-gov-west-1:123456789012:alarm:web-cpu-high',
    });
  });

  test.each([
    ['came raw', old],
    ['came from a topic without a Region', enveloped(old, { TopicArn: 'alarms' })],
    ['came from a topic that is no text', enveloped(old, { TopicArn: 5 })],
    ['names no account', enveloped(changed('metric-alarm-without-arn', { AWSAccountId: null }))],
    ['names a bad account', enveloped(changed('metric-alarm-without-arn', { AWSAccountId: '12' }))],
  ])('is refused when it %s', (_, body) => {
    expect(parsed(body)).toMatch(/AlarmArn: found nothing, expected an ARN, or AWSAccountId and/);
  });
});

describe('what CloudWatch may change', () => {
  test('an unknown state is UNKNOWN', () => {
    const body = changed('metric-alarm', { NewStateValue: 'SNOOZED', OldStateValue: 'DREAMING' });
    expect(parsed(body)).toMatchObject({ state: 'UNKNOWN', previousState: 'UNKNOWN' });
  });

  test('null counts as absent', () => {
    const body = changed('metric-alarm', {
      AlarmDescription: null,
      OldStateValue: null,
      NewStateReason: null,
      Trigger: null,
      AlarmContributorId: null,
    });
    expect(parsed(body)).toEqual({
      ...METRIC_ALARM,
      form: 'other',
      previousState: 'UNKNOWN',
      reason: '',
    });
  });

  test('unknown fields, and known ones that are not used, may be anything', () => {
    const body = changed('metric-alarm', { Region: 7, Trigger: ['?'], LogLines: [{}], new: true });
    expect(parsed(body)).toEqual({ ...METRIC_ALARM, form: 'other' });
  });

  test.each([
    ['a single metric in a list', [{ Id: 'm1', MetricStat: {} }], 'metric'],
    ['entries that are no objects', ['m1', { Expression: 5 }], 'metric'],
    ['an expression', [{ Id: 'e1', Expression: 'm1 + m2' }], 'metric-math'],
    ['a band', [{ Id: 'a', Expression: 'ANOMALY_DETECTION_BAND(m1, 2)' }], 'anomaly'],
    ['an empty list', [], 'other'],
  ])('the form of a trigger with %s', (_, Metrics, form) => {
    expect(parsed(changed('metric-alarm', { Trigger: { Metrics } }))).toMatchObject({ form });
  });

  test.each([
    ['2026-03-02T09:00:12.331+0000', AT],
    ['2026-03-02T09:00:12.331+00:00', AT],
    ['2026-03-02T09:00:12.331Z', AT],
    ['2026-03-02T10:30:12.331+0130', AT],
    ['2026-03-02T09:00:12Z', AT - 331],
  ])('the time %s', (StateChangeTime, at) => {
    expect(parsed(changed('metric-alarm', { StateChangeTime }))).toMatchObject({ at });
  });

  test('a reason is cut at 1,023 characters, never through one', () => {
    const body = changed('metric-alarm', { NewStateReason: '🚨'.repeat(1_024) });
    expect(parsed(body)).toMatchObject({ reason: '🚨'.repeat(1_023) });
  });

  test('a name of 255 characters is allowed, whatever their size', () => {
    const AlarmName = '🚨'.repeat(255);
    expect(parsed(changed('metric-alarm', { AlarmName }))).toMatchObject({ name: AlarmName });
  });
});
