import { AlarmType, CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readAlarms } from '#aws/cloudwatch/read-alarms.ts';
import { NOON } from '#test/support/builders.ts';

const setUp = () => {
  const mock = mockClient(CloudWatchClient);
  const sent = () => mock.commandCalls(DescribeAlarmsCommand).map(({ args }) => args[0].input);
  return { mock, sent, read: readAlarms(new CloudWatchClient({})) };
};

const AWS_ALARM = {
  AlarmName: 'cpu',
  AlarmArn: 'arn:cpu',
  StateValue: 'ALARM',
  StateTransitionedTimestamp: new Date(NOON),
  StateUpdatedTimestamp: new Date(NOON + 60_000),
  ActionsEnabled: true,
  StateReason: 'Threshold Crossed',
} as const;

const ALARM = {
  name: 'cpu',
  arn: 'arn:cpu',
  state: 'ALARM',
  since: NOON,
  actionsEnabled: true,
  isEvaluated: true,
  reason: 'Threshold Crossed',
};

describe('reading alarms', () => {
  test('asks for alarms of every type by name', async () => {
    const { mock, sent, read } = setUp();
    mock.on(DescribeAlarmsCommand).resolves({
      MetricAlarms: [AWS_ALARM],
      CompositeAlarms: [{ ...AWS_ALARM, AlarmName: 'any' }],
      LogAlarms: [{ ...AWS_ALARM, AlarmName: 'log', EvaluationState: 'EVALUATION_FAILURE' }],
    });

    expect(await read(['cpu', 'any', 'cpu', 'log'])).toEqual(
      new Map([
        ['cpu', ALARM],
        ['any', { ...ALARM, name: 'any' }],
        ['log', { ...ALARM, name: 'log', isEvaluated: false }],
      ]),
    );
    expect(sent()).toEqual([
      {
        AlarmNames: ['cpu', 'any', 'log'],
        AlarmTypes: Object.values(AlarmType),
        MaxRecords: 100,
        NextToken: undefined,
      },
    ]);
  });

  test('asks again for the older types where a Region refuses the newer one', async () => {
    const { mock, sent, read } = setUp();
    const refusal = Object.assign(new Error("1 validation error detected: Value at 'alarmTypes'"), {
      name: 'ValidationError',
    });
    mock
      .on(DescribeAlarmsCommand)
      .rejectsOnce(refusal)
      .resolves({ CompositeAlarms: [AWS_ALARM] });

    expect(await read(['cpu'])).toEqual(new Map([['cpu', ALARM]]));
    expect(sent().map(({ AlarmTypes }) => AlarmTypes)).toEqual([
      Object.values(AlarmType),
      ['MetricAlarm', 'CompositeAlarm'],
    ]);
  });

  test('passes any other refusal on', async () => {
    const { mock, read } = setUp();
    mock
      .on(DescribeAlarmsCommand)
      .rejects(Object.assign(new Error('AlarmNames is too long'), { name: 'ValidationError' }));

    await expect(read(['cpu'])).rejects.toThrow('AlarmNames is too long');
  });

  test('asks for a hundred in one call, and follows the pages', async () => {
    const { mock, sent, read } = setUp();
    mock
      .on(DescribeAlarmsCommand)
      .resolvesOnce({ MetricAlarms: [AWS_ALARM], NextToken: 'more' })
      .resolves({});
    const names = Array.from({ length: 101 }, (_, index) => `a-${index}`);
    const alarms = await read(names);

    const sizes = sent().map(({ AlarmNames }) => AlarmNames?.length ?? 0);
    expect(sizes.toSorted((a, b) => a - b)).toEqual([1, 100, 100]);
    expect([...alarms.keys()]).toEqual(['cpu']);
  });

  test('passes a throttle on: it must never look like alarms that are gone', async () => {
    const { mock, read } = setUp();
    mock.on(DescribeAlarmsCommand).rejects(new Error('Rate exceeded'));

    await expect(read(['cpu'])).rejects.toThrow('Rate exceeded');
  });

  test.each([
    { value: 'OK', state: 'OK' },
    { value: 'INSUFFICIENT_DATA', state: 'INSUFFICIENT_DATA' },
    { value: 'PANIC', state: 'UNKNOWN' },
    { value: undefined, state: 'UNKNOWN' },
  ])('takes the state $value for $state', async ({ value, state }) => {
    const { mock, read } = setUp();
    mock
      .on(DescribeAlarmsCommand)
      .resolves({ MetricAlarms: [{ ...AWS_ALARM, StateValue: value as never }] });

    expect((await read(['cpu'])).get('cpu')?.state).toBe(state);
  });

  test('knows an alarm whose data CloudWatch could not evaluate', async () => {
    const { mock, read } = setUp();
    const alarm = { ...AWS_ALARM, EvaluationState: 'PARTIAL_DATA' } as const;
    mock.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [alarm] });

    expect((await read(['cpu'])).get('cpu')?.isEvaluated).toBe(false);
  });

  test.each([
    { title: 'disabled', change: { ActionsEnabled: false } },
    { title: 'suppressed by another alarm', change: { ActionsSuppressedBy: 'Alarm' as const } },
  ])('knows a composite alarm whose actions are $title', async ({ change }) => {
    const { mock, read } = setUp();
    mock.on(DescribeAlarmsCommand).resolves({ CompositeAlarms: [{ ...AWS_ALARM, ...change }] });

    expect((await read(['cpu'])).get('cpu')?.actionsEnabled).toBe(false);
  });

  test('falls back to the last update when CloudWatch does not say since when', async () => {
    const { mock, read } = setUp();
    const { StateTransitionedTimestamp: _since, ...rest } = AWS_ALARM;
    mock.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [rest] });

    expect((await read(['cpu'])).get('cpu')?.since).toBe(NOON + 60_000);
  });

  test('what CloudWatch leaves out is nothing that could be acted on', async () => {
    const { mock, read } = setUp();
    mock.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [{}], CompositeAlarms: [{}] });

    expect((await read(['cpu'])).get('')).toEqual({
      name: '',
      arn: '',
      state: 'UNKNOWN',
      since: 0,
      reason: '',
      actionsEnabled: true,
      isEvaluated: true,
    });
  });
});
