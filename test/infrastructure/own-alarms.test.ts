import { describe, expect, test } from '@jest/globals';
import { ownAlarms } from '#infrastructure/own-alarms.ts';
import { aBehavior } from '#test/support/builders.ts';

const ALARMS = ownAlarms({ service: 'tidegate', stage: 'dev' });

describe("Tidegate's own alarms", () => {
  test('are these', () => {
    expect(Object.keys(ALARMS)).toEqual([
      'ScaleDeadLettersNotEmpty',
      'HealDeadLettersNotEmpty',
      'NotifyDeadLettersNotEmpty',
      'UndeliveredQueueNotEmpty',
      'ScaleQueueLate',
      'HealQueueLate',
      'NotifyQueueLate',
      'ScaleErrors',
      'HealErrors',
      'NotifyErrors',
      'SweepErrors',
      'ScaleThrottles',
      'HealThrottles',
      'NotifyThrottles',
      'SweepThrottles',
      'SweepMissing',
      'MissedNotifications',
      'NoticesLost',
      'ChannelsBroken',
      'TellingFailed',
      'AlarmTopicLost',
      'OutcomeTopicLost',
    ]);
  });

  test('take silence for good news', () => {
    expect(ALARMS.NoticesLost?.Properties).toEqual({
      AlarmDescription:
        'A message to operators was refused, or nobody knows whether it arrived. The log of notify names the channel and the reason.',
      Namespace: 'Tidegate',
      MetricName: 'NoticesLost',
      Dimensions: [{ Name: 'service', Value: 'tidegate-dev' }],
      Period: 60,
      Statistic: 'Sum',
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
      EvaluationPeriods: 1,
      DatapointsToAlarm: 1,
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: 'OperationsTopic' }],
      OKActions: [{ Ref: 'OperationsTopic' }],
    });
  });

  test('take a silent sweep for a dead one, after three minutes', () => {
    expect(ALARMS.SweepMissing?.Properties).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'SweepLambdaFunction' } }],
      Period: 60,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 3,
      TreatMissingData: 'breaching',
    });
  });

  test.each([
    { id: 'ScaleQueueLate', seconds: 120 },
    { id: 'HealQueueLate', seconds: 120 },
    { id: 'NotifyQueueLate', seconds: 900 },
  ])('$id lets a message wait $seconds s', ({ id, seconds }) => {
    expect(ALARMS[id]?.Properties).toMatchObject({
      MetricName: 'ApproximateAgeOfOldestMessage',
      Statistic: 'Maximum',
      Threshold: seconds,
    });
  });
});

describe('a deployment whose sweep may need shards', () => {
  const fleets = [
    {
      name: 'web',
      tags: { tier: 'web' },
      template: { capacity: {}, metrics: {}, rules: [], behavior: aBehavior({}) },
    },
  ];
  const more = ownAlarms({ service: 'tidegate', stage: 'dev' }, { fleets });

  test('has three alarms more: on shards that failed, that wait, and that were dropped', () => {
    expect(Object.keys(more).filter((id) => !(id in ALARMS))).toEqual([
      'SweepDeadLettersNotEmpty',
      'SweepQueueLate',
      'ShardsDropped',
    ]);
  });

  test('is told that dead shards are worth nothing any more', () => {
    expect(more.SweepDeadLettersNotEmpty?.Properties.AlarmDescription).toMatch(
      /Fix the cause and delete the messages/,
    );
  });
});
