import { AlarmType, CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from '@jest/globals';
import { readAlarms, readAllFiring, readFiringAlarms } from '#aws/cloudwatch/read-alarms.ts';
import { NOON } from '#test/support/builders.ts';
import { mockClient } from '#test/support/mock-client.ts';

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

describe('reading what fires', () => {
  const names = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => `alarm-${index}`);
  const firing = (from: number, count: number) =>
    names(from + count)
      .slice(from)
      .map((name) => ({ ...AWS_ALARM, AlarmName: name }));
  const asked = (sent: ReturnType<ReturnType<typeof setUp>['sent']>) =>
    sent.map(({ AlarmNames, StateValue }) => StateValue ?? AlarmNames?.length);
  const readFiring = (wanted: readonly string[]) =>
    readFiringAlarms(new CloudWatchClient({}))(wanted);

  test('asks for a page of alarms by name, and leaves out what does not fire', async () => {
    const { mock, sent } = setUp();
    const quiet = { ...AWS_ALARM, AlarmName: 'alarm-1', StateValue: 'OK' as const };
    mock.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [...firing(0, 1), quiet] });

    expect(await readFiring(names(100))).toEqual(
      new Map([['alarm-0', { ...ALARM, name: 'alarm-0' }]]),
    );
    expect(asked(sent())).toEqual([100]);
  });

  test('asks for more of them by their state, and leaves out those of others', async () => {
    const { mock, sent } = setUp();
    const foreign = { ...AWS_ALARM, AlarmName: 'of somebody else' };
    mock.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [...firing(7, 1), foreign] });

    expect(await readFiring(names(101))).toEqual(
      new Map([['alarm-7', { ...ALARM, name: 'alarm-7' }]]),
    );
    expect(asked(sent())).toEqual(['ALARM']);
  });

  test('reads all pages of what is in ALARM, as long as the names fill as many', async () => {
    const { mock } = setUp();
    mock
      .on(DescribeAlarmsCommand)
      .resolvesOnce({ MetricAlarms: firing(0, 100), NextToken: 'more' })
      .resolvesOnce({ MetricAlarms: firing(100, 100) });

    expect((await readFiring(names(200))).size).toBe(200);
  });

  test('asks by name after all where more is in ALARM than the names would fill', async () => {
    const { mock, sent } = setUp();
    mock
      .on(DescribeAlarmsCommand, { StateValue: 'ALARM' })
      .resolves({ MetricAlarms: firing(0, 100), NextToken: 'more' })
      .on(DescribeAlarmsCommand, { AlarmNames: names(101).slice(100) })
      .resolves({ MetricAlarms: firing(100, 1) })
      .on(DescribeAlarmsCommand, { AlarmNames: [...names(100)] })
      .resolves({ MetricAlarms: firing(0, 2) });

    expect([...(await readFiring(names(101))).keys()]).toEqual(['alarm-0', 'alarm-1', 'alarm-100']);
    expect(asked(sent())).toEqual(['ALARM', 'ALARM', 100, 1]);
  });

  test('asks for nothing when there are no alarms', async () => {
    const { sent } = setUp();

    expect(await readFiring([])).toEqual(new Map());
    expect(sent()).toEqual([]);
  });

  test('reads all of the Region, whoever they belong to, for a sweep that divides its groups', async () => {
    const { mock, sent } = setUp();
    mock
      .on(DescribeAlarmsCommand)
      .resolvesOnce({ MetricAlarms: firing(0, 2), NextToken: 'more' })
      .resolvesOnce({ MetricAlarms: firing(2, 1) });

    const all = await readAllFiring(new CloudWatchClient({}))();
    expect(all?.map(({ name }) => name)).toEqual(['alarm-0', 'alarm-1', 'alarm-2']);
    expect(asked(sent())).toEqual(['ALARM', 'ALARM']);
  });

  test('gives up after a hundred pages of them', async () => {
    const { mock, sent } = setUp();
    mock.on(DescribeAlarmsCommand).resolves({ MetricAlarms: firing(0, 1), NextToken: 'more' });

    expect(await readAllFiring(new CloudWatchClient({}))()).toBeUndefined();
    expect(sent()).toHaveLength(100);
  });
});
