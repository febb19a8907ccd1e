import {
  AutoScalingClient,
  EnterStandbyCommand,
  TerminateInstanceInAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { release, standBy } from '#aws/auto-scaling/stand-by.ts';
import {
  readFailOpen,
  readManaged,
  readTargets,
  register,
} from '#aws/load-balancing/load-balancing.ts';
import { TARGET_GROUP, TARGET_GROUP_ARN } from '#test/support/builders.ts';
import { mockClient } from '#test/support/mock-client.ts';

const autoScaling = mockClient(AutoScalingClient);
const loadBalancing = mockClient(ElasticLoadBalancingV2Client);
const groups = new AutoScalingClient({});
const balancers = new ElasticLoadBalancingV2Client({});

beforeEach(() => {
  autoScaling.reset();
  loadBalancing.reset();
});

const fault = (name: string, message: string): Error => Object.assign(new Error(message), { name });

describe('an instance', () => {
  test.each([
    { isReplaced: true, decrement: false },
    { isReplaced: false, decrement: true },
  ])('is put aside, replaced: $isReplaced', async ({ isReplaced, decrement }) => {
    autoScaling.on(EnterStandbyCommand).resolves({});
    const answer = await standBy(groups)({
      autoScalingGroup: 'web-prod',
      instanceId: 'i-1',
      isReplaced,
    });

    expect(answer).toEqual({ kind: 'applied' });
    expect(autoScaling.call(0).args[0].input).toEqual({
      AutoScalingGroupName: 'web-prod',
      InstanceIds: ['i-1'],
      ShouldDecrementDesiredCapacity: decrement,
    });
  });

  test('is ended without a change of the desired capacity', async () => {
    autoScaling.on(TerminateInstanceInAutoScalingGroupCommand).resolves({});

    expect(await release(groups)('i-1')).toEqual({ kind: 'applied' });
    expect(autoScaling.call(0).args[0].input).toEqual({
      InstanceId: 'i-1',
      ShouldDecrementDesiredCapacity: false,
    });
  });

  test('that is gone needs no end', async () => {
    const gone = fault('ValidationError', 'Instance Id not found - No managed instance found');
    autoScaling.on(TerminateInstanceInAutoScalingGroupCommand).rejects(gone);

    expect(await release(groups)('i-1')).toEqual({ kind: 'applied' });
  });

  test('that AWS keeps in service is a refusal, and a fault that leaves it open is thrown', async () => {
    autoScaling.on(EnterStandbyCommand).rejects(fault('ValidationError', 'is not in InService'));
    const ask = { autoScalingGroup: 'web-prod', instanceId: 'i-1', isReplaced: true };

    expect(await standBy(groups)(ask)).toMatchObject({ kind: 'refused', reason: 'OutOfBounds' });
    autoScaling.on(EnterStandbyCommand).rejects(fault('TimeoutError', 'no answer'));
    await expect(standBy(groups)(ask)).rejects.toThrow('no answer');
    autoScaling
      .on(TerminateInstanceInAutoScalingGroupCommand)
      .rejects(fault('AccessDenied', 'not you'));
    expect(await release(groups)('i-1')).toMatchObject({ reason: 'AccessDenied' });
  });
});

describe('a target', () => {
  const registration = { targetGroupArn: TARGET_GROUP_ARN, targetId: '10.0.0.9', port: 8_080 };

  test.each([
    { zone: undefined, more: {} },
    { zone: 'all', more: { AvailabilityZone: 'all' } },
  ])('is registered as it was, with the zone $zone', async ({ zone, more }) => {
    loadBalancing.on(RegisterTargetsCommand).resolves({});
    const availabilityZone = zone === undefined ? {} : { availabilityZone: zone };

    expect(await register(balancers)({ ...registration, ...availabilityZone })).toEqual({
      kind: 'applied',
    });
    expect(loadBalancing.call(0).args[0].input).toEqual({
      TargetGroupArn: TARGET_GROUP_ARN,
      Targets: [{ Id: '10.0.0.9', Port: 8_080, ...more }],
    });
  });

  test('that is gone is told so', async () => {
    loadBalancing.on(RegisterTargetsCommand).rejects(fault('InvalidTargetException', 'terminated'));

    expect(await register(balancers)(registration)).toMatchObject({ reason: 'TargetGone' });
  });

  test('is read with its zone', async () => {
    loadBalancing.on(DescribeTargetHealthCommand).resolves({
      TargetHealthDescriptions: [{ Target: { Id: '10.0.0.9', Port: 80, AvailabilityZone: 'all' } }],
    });

    expect(await readTargets(balancers, () => TARGET_GROUP_ARN)(TARGET_GROUP)).toMatchObject([
      { id: '10.0.0.9', availabilityZone: 'all' },
    ]);
  });
});

describe('below how many healthy targets a load balancer fails open', () => {
  const key = (name: string) =>
    `target_group_health.unhealthy_state_routing.minimum_healthy_targets.${name}`;

  test.each([
    { attributes: [], read: { count: 0, percent: 0 } },
    {
      attributes: [
        { Key: key('count'), Value: '2' },
        { Key: key('percentage'), Value: 'off' },
      ],
      read: { count: 2, percent: 0 },
    },
    {
      attributes: [
        { Key: key('count'), Value: '1' },
        { Key: key('percentage'), Value: '60' },
        { Key: 'stickiness.enabled', Value: 'true' },
      ],
      read: { count: 1, percent: 60 },
    },
  ])('is read from $attributes', async ({ attributes, read }) => {
    loadBalancing.on(DescribeTargetGroupAttributesCommand).resolves({ Attributes: attributes });

    expect(await readFailOpen(balancers)([TARGET_GROUP_ARN])).toEqual({ [TARGET_GROUP_ARN]: read });
  });
});

describe('whether target groups were handed over', () => {
  const arnOf = (index: number): string => `${TARGET_GROUP_ARN}-${index}`;
  const VALUES = new Map([
    [arnOf(0), 'tidegate-prod'],
    [arnOf(1), 'true'],
    [arnOf(2), 'tidegate-dev'],
  ]);

  test('is read from their tags, twenty at a time', async () => {
    loadBalancing.on(DescribeTagsCommand).callsFake(({ ResourceArns }) => ({
      TagDescriptions: ResourceArns.map((ResourceArn: string) => ({
        ResourceArn,
        Tags: [
          { Key: 'team', Value: 'web' },
          { Key: 'tidegate:managed', Value: VALUES.get(ResourceArn) ?? 'false' },
        ],
      })),
    }));
    const arns = Array.from({ length: 21 }, (_, index) => arnOf(index));
    const managed = await readManaged(balancers, 'tidegate-prod')(arns);

    expect([0, 1, 2].map((index) => managed[arnOf(index)])).toEqual([true, true, false]);
    expect(managed[arnOf(20)]).toBe(false);
    expect(
      loadBalancing.commandCalls(DescribeTagsCommand).map(({ args }) => args[0].input.ResourceArns),
    ).toEqual([arns.slice(0, 20), arns.slice(20)]);
  });

  test.each([{ TagDescriptions: [{ ResourceArn: TARGET_GROUP_ARN }] }, {}])(
    'is not so without a tag: %j',
    async (answer) => {
      loadBalancing.on(DescribeTagsCommand).resolves(answer);

      expect(
        (await readManaged(balancers, 'tidegate-prod')([TARGET_GROUP_ARN]))[TARGET_GROUP_ARN] ??
          false,
      ).toBe(false);
    },
  );
});
