import {
  AutoScalingClient,
  DescribeWarmPoolCommand,
  PutWarmPoolCommand,
} from '@aws-sdk/client-auto-scaling';
import { describe, expect, test } from '@jest/globals';
import { readPool, setPool } from '#aws/auto-scaling/warm-pool.ts';
import { mockClient } from '#test/support/mock-client.ts';

const instance = (LifecycleState: string | undefined, HealthStatus = 'Healthy') => ({
  InstanceId: 'i-1',
  AvailabilityZone: 'us-east-1a',
  LifecycleState: LifecycleState as 'Warmed:Stopped',
  HealthStatus,
  ProtectedFromScaleIn: false,
});

const setUp = () => {
  const mock = mockClient(AutoScalingClient);
  const client = new AutoScalingClient({});
  return { mock, read: readPool(client), set: setPool(client) };
};

describe('reading a warm pool', () => {
  test('counts what is ready and what is on its way, over all pages', async () => {
    const { mock, read } = setUp();
    mock
      .on(DescribeWarmPoolCommand)
      .resolvesOnce({
        NextToken: 'more',
        WarmPoolConfiguration: {
          MaxGroupPreparedCapacity: 8,
          MinSize: 1,
          PoolState: 'Hibernated',
          InstanceReusePolicy: { ReuseOnScaleIn: true },
          Status: 'PendingDelete',
        },
        Instances: [instance('Warmed:Stopped'), instance('Warmed:Running')],
      })
      .resolvesOnce({
        Instances: [
          instance('Warmed:Hibernated'),
          instance('Warmed:Pending:Wait'),
          instance('Warmed:Terminating'),
          instance('Warmed:Stopped', 'Unhealthy'),
          instance(undefined),
        ],
      });

    expect(await read('web-prod')).toEqual({
      settings: {
        prepared: 8,
        minSize: 1,
        poolState: 'Hibernated',
        isReused: true,
        isBeingDeleted: true,
      },
      ready: 3,
      warming: 1,
    });
  });

  test.each([
    { title: 'a group without one', configuration: undefined, settings: {} },
    {
      title: 'one without a limit',
      configuration: { MaxGroupPreparedCapacity: -1 },
      settings: {
        settings: { minSize: 0, poolState: 'Stopped', isReused: false, isBeingDeleted: false },
      },
    },
    {
      title: 'one with nothing said',
      configuration: {},
      settings: {
        settings: { minSize: 0, poolState: 'Stopped', isReused: false, isBeingDeleted: false },
      },
    },
  ])('tells $title', async ({ configuration, settings }) => {
    const { mock, read } = setUp();
    mock
      .on(DescribeWarmPoolCommand)
      .resolves(configuration === undefined ? {} : { WarmPoolConfiguration: configuration });

    expect(await read('web-prod')).toEqual({ ...settings, ready: 0, warming: 0 });
  });
});

describe('setting a warm pool', () => {
  test('sends the whole of its settings', async () => {
    const { mock, set } = setUp();
    mock.on(PutWarmPoolCommand).resolves({});

    expect(await set('web-prod', { prepared: 8, isReused: true })).toEqual({ kind: 'applied' });
    expect(mock.commandCalls(PutWarmPoolCommand).map(({ args }) => args[0].input)).toEqual([
      {
        AutoScalingGroupName: 'web-prod',
        MaxGroupPreparedCapacity: 8,
        MinSize: 0,
        PoolState: 'Stopped',
        InstanceReusePolicy: { ReuseOnScaleIn: true },
      },
    ]);
  });

  test.each([
    { name: 'ValidationError', reason: 'PoolRefused' },
    { name: 'LimitExceeded', reason: 'PoolRefused' },
    { name: 'InstanceRefreshInProgress', reason: 'GroupBusy' },
    { name: 'AccessDenied', reason: 'PoolRefused' },
    { name: 'Throttling', reason: 'Throttled' },
  ])('answers $name with $reason', async ({ name, reason }) => {
    const { mock, set } = setUp();
    mock.on(PutWarmPoolCommand).rejects(Object.assign(new Error('no'), { name }));

    expect(await set('web-prod', { prepared: 8, isReused: false })).toMatchObject({
      kind: 'refused',
      reason,
    });
  });

  test('throws what leaves it open', async () => {
    const { mock, set } = setUp();
    mock
      .on(PutWarmPoolCommand)
      .rejects(Object.assign(new Error('no answer'), { name: 'TimeoutError' }));
    await expect(set('web-prod', { prepared: 8, isReused: true })).rejects.toThrow('no answer');
  });
});
