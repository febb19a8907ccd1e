import {
  AutoScalingClient,
  SetDesiredCapacityCommand,
  SetInstanceHealthCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  TargetGroupNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, test } from '@jest/globals';
import { markUnhealthy } from '#aws/auto-scaling/mark-unhealthy.ts';
import { setCapacity } from '#aws/auto-scaling/set-capacity.ts';
import { targetGroupArn } from '#aws/client/arn.ts';
import { clientOptions, queueClientOptions } from '#aws/client/client-options.ts';
import { refusalOf } from '#aws/client/refusal.ts';
import { deregister, readTargets } from '#aws/load-balancing/load-balancing.ts';
import { TARGET_GROUP, TARGET_GROUP_ARN } from '#test/support/builders.ts';
import { mockClient } from '#test/support/mock-client.ts';

const fault = (name: string, message = 'AWS says no'): Error =>
  Object.assign(new Error(message), { name });

describe('a fault with which AWS certainly did nothing', () => {
  test.each([
    { name: 'ScalingActivityInProgress', reason: 'GroupBusy' },
    { name: 'ScalingActivityInProgressFault', reason: 'GroupBusy' },
    { name: 'ResourceContention', reason: 'GroupBusy' },
    { name: 'ResourceContentionFault', reason: 'GroupBusy' },
    { name: 'AccessDenied', reason: 'AccessDenied' },
    { name: 'AccessDeniedException', reason: 'AccessDenied' },
    { name: 'UnauthorizedOperation', reason: 'AccessDenied' },
    { name: 'Throttling', reason: 'Throttled' },
    { name: 'ThrottlingException', reason: 'Throttled' },
    { name: 'RequestLimitExceeded', reason: 'Throttled' },
    { name: 'TargetGroupNotFoundException', reason: 'GroupNotFound' },
    { name: 'InvalidTargetException', reason: 'TargetGone' },
    { name: 'InvalidTarget', reason: 'TargetGone' },
  ])('$name is a refusal: $reason', ({ name, reason }) => {
    expect(refusalOf(fault(name))).toEqual({
      kind: 'refused',
      reason,
      detail: `${name}: AWS says no`,
    });
  });

  test.each([
    {
      message: 'New SetDesiredCapacity value 12 is above max value 10 for the AutoScalingGroup.',
      reason: 'OutOfBounds',
    },
    { message: 'AutoScalingGroup name not found - null', reason: 'GroupNotFound' },
    { message: 'Group Not Found', reason: 'GroupNotFound' },
  ])('ValidationError "$message" is a refusal: $reason', ({ message, reason }) => {
    expect(refusalOf(fault('ValidationError', message))).toMatchObject({ reason });
  });
});

describe('a fault that leaves open what AWS did', () => {
  test.each([
    fault('TimeoutError'),
    fault('InternalFailure'),
    fault('ServiceUnavailable'),
    fault('ECONNRESET'),
    fault('toString'),
    'a text',
  ])('%s is thrown again', (thrown) => {
    expect(() => refusalOf(thrown)).toThrow();
  });
});

describe('setting a capacity', () => {
  const setUp = () => {
    const mock = mockClient(AutoScalingClient);
    return { mock, set: setCapacity(new AutoScalingClient({})) };
  };

  test('sends the absolute value, without the cooldown of the group', async () => {
    const { mock, set } = setUp();
    mock.on(SetDesiredCapacityCommand).resolves({});

    expect(await set('web-prod', 6)).toEqual({ kind: 'applied' });
    expect(mock.commandCalls(SetDesiredCapacityCommand).map(({ args }) => args[0].input)).toEqual([
      { AutoScalingGroupName: 'web-prod', DesiredCapacity: 6, HonorCooldown: false },
    ]);
  });

  test('answers a refusal, and throws what leaves it open', async () => {
    const { mock, set } = setUp();
    mock
      .on(SetDesiredCapacityCommand)
      .rejectsOnce(fault('ScalingActivityInProgress'))
      .rejectsOnce(fault('TimeoutError', 'no answer'));

    expect(await set('web-prod', 6)).toMatchObject({ kind: 'refused', reason: 'GroupBusy' });
    await expect(set('web-prod', 6)).rejects.toThrow('no answer');
  });
});

describe('condemning an instance', () => {
  const setUp = () => {
    const mock = mockClient(AutoScalingClient);
    return { mock, mark: markUnhealthy(new AutoScalingClient({})) };
  };

  test('marks it Unhealthy and leaves it its grace period', async () => {
    const { mock, mark } = setUp();
    mock.on(SetInstanceHealthCommand).resolves({});

    expect(await mark('i-1')).toEqual({ kind: 'applied' });
    expect(mock.commandCalls(SetInstanceHealthCommand).map(({ args }) => args[0].input)).toEqual([
      { InstanceId: 'i-1', HealthStatus: 'Unhealthy', ShouldRespectGracePeriod: true },
    ]);
  });

  test('that is gone already is done', async () => {
    const { mock, mark } = setUp();
    const gone = fault('ValidationError', 'Instance Id not found - No managed instance found');
    mock.on(SetInstanceHealthCommand).rejects(gone);

    expect(await mark('i-1')).toEqual({ kind: 'applied' });
  });

  test('answers every other refusal', async () => {
    const { mock, mark } = setUp();
    mock.on(SetInstanceHealthCommand).rejects(fault('AccessDenied'));

    expect(await mark('i-1')).toMatchObject({ reason: 'AccessDenied' });
  });
});

describe('targets', () => {
  const setUp = () => {
    const mock = mockClient(ElasticLoadBalancingV2Client);
    const client = new ElasticLoadBalancingV2Client({});
    return { mock, client, read: readTargets(client, targetGroupArn(TARGET_GROUP_ARN)) };
  };

  test('of a target group that is gone are nothing, which a throttle is not', async () => {
    const { mock, read } = setUp();
    mock
      .on(DescribeTargetHealthCommand)
      .rejectsOnce(new TargetGroupNotFoundException({ message: 'gone', $metadata: {} }))
      .rejects(new Error('Rate exceeded'));

    expect(await read(TARGET_GROUP)).toBeUndefined();
    await expect(read(TARGET_GROUP)).rejects.toThrow('Rate exceeded');
  });

  test('are read by the ARN of their target group', async () => {
    const { mock, read } = setUp();
    mock.on(DescribeTargetHealthCommand).resolves({
      TargetHealthDescriptions: [
        {
          Target: { Id: 'i-1', Port: 80 },
          TargetHealth: {
            State: 'unhealthy',
            Reason: 'Target.FailedHealthChecks',
            Description: 'Health checks failed',
          },
        },
        { Target: { Id: 'i-2', Port: 81 }, TargetHealth: { State: 'healthy' } },
        {},
      ],
    });

    expect(await read(TARGET_GROUP)).toEqual([
      {
        targetGroupArn: TARGET_GROUP_ARN,
        id: 'i-1',
        port: 80,
        state: 'unhealthy',
        reason: 'Target.FailedHealthChecks',
        description: 'Health checks failed',
      },
      {
        targetGroupArn: TARGET_GROUP_ARN,
        id: 'i-2',
        port: 81,
        state: 'healthy',
        reason: '',
        description: '',
      },
      {
        targetGroupArn: TARGET_GROUP_ARN,
        id: '',
        port: 0,
        state: '',
        reason: '',
        description: '',
      },
    ]);
    expect(mock.commandCalls(DescribeTargetHealthCommand)[0]?.args[0].input).toEqual({
      TargetGroupArn: TARGET_GROUP_ARN,
    });
  });

  test('are none in an answer that has none', async () => {
    const { mock, read } = setUp();
    mock.on(DescribeTargetHealthCommand).resolves({});

    expect(await read(TARGET_GROUP)).toEqual([]);
  });

  test('are deregistered with the port that they were registered with', async () => {
    const { mock, client } = setUp();
    mock.on(DeregisterTargetsCommand).resolves({});
    const removal = {
      targetGroupArn: TARGET_GROUP_ARN,
      targetId: 'i-1',
      port: 8_080,
      cause: '',
    };

    expect(await deregister(client)(removal)).toEqual({ kind: 'applied' });
    expect(mock.commandCalls(DeregisterTargetsCommand)[0]?.args[0].input).toEqual({
      TargetGroupArn: TARGET_GROUP_ARN,
      Targets: [{ Id: 'i-1', Port: 8_080 }],
    });
  });

  test('answer a refusal', async () => {
    const { mock, client } = setUp();
    mock.on(DeregisterTargetsCommand).rejects(fault('TargetGroupNotFoundException'));
    const removal = { targetGroupArn: TARGET_GROUP_ARN, targetId: 'i-1', port: 80, cause: '' };

    expect(await deregister(client)(removal)).toMatchObject({ reason: 'GroupNotFound' });
  });
});

describe('clients', () => {
  test('give up on a call well within the time limit of a function', () => {
    const { maxAttempts, requestHandler } = clientOptions;
    const longest =
      maxAttempts * (requestHandler.connectionTimeout + requestHandler.requestTimeout);

    expect(longest).toBeLessThan(15_000);
    expect(requestHandler.throwOnRequestTimeout).toBe(true);
  });

  test('find a queue by its Region', () => {
    expect(queueClientOptions).toEqual({ ...clientOptions, useQueueUrlAsEndpoint: false });
  });
});
