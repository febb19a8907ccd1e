import {
  AutoScalingClient,
  DescribeInstanceRefreshesCommand,
  DescribeScalingActivitiesCommand,
} from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, test } from '@jest/globals';
import { readOnDemand } from '#aws/auto-scaling/read-on-demand.ts';
import { aGroupState, NOON, TARGET_GROUP_ARN } from '#test/support/builders.ts';
import { mockClient } from '#test/support/mock-client.ts';

const setUp = () => {
  const autoScaling = mockClient(AutoScalingClient);
  const cloudFormation = mockClient(CloudFormationClient);
  const loadBalancing = mockClient(ElasticLoadBalancingV2Client);
  autoScaling.on(DescribeInstanceRefreshesCommand).resolves({});
  loadBalancing.on(DescribeTargetHealthCommand).resolves({});
  cloudFormation.on(DescribeStacksCommand).resolves({});
  return {
    autoScaling,
    cloudFormation,
    loadBalancing,
    look: readOnDemand(new AutoScalingClient({})),
  };
};
const state = aGroupState();

describe('what is under way in a group', () => {
  test.each(['Pending', 'InProgress', 'Cancelling', 'RollbackInProgress', 'Baking'] as const)(
    'is an instance refresh that is %s',
    async (Status) => {
      const { autoScaling, look } = setUp();
      autoScaling
        .on(DescribeInstanceRefreshesCommand, { AutoScalingGroupName: 'web-prod', MaxRecords: 10 })
        .resolves({
          InstanceRefreshes: [{ Status: 'Failed' }, { Status, PercentageComplete: 40 }],
        });

      expect(await look.readObstacles(state)).toEqual([
        {
          reason: 'InstanceRefreshActive',
          detail: `an instance refresh is under way (${Status}, 40 % done)`,
        },
      ]);
    },
  );

  test('is an instance refresh that does not say how far it is', async () => {
    const { autoScaling, look } = setUp();
    autoScaling
      .on(DescribeInstanceRefreshesCommand)
      .resolves({ InstanceRefreshes: [{ Status: 'Pending' }] });

    expect((await look.readObstacles(state))[0]?.detail).toBe(
      'an instance refresh is under way (Pending)',
    );
  });

  test.each(['Successful', 'Failed', 'Cancelled', 'RollbackFailed', 'RollbackSuccessful'] as const)(
    'is no instance refresh that is %s',
    async (Status) => {
      const { autoScaling, look } = setUp();
      autoScaling
        .on(DescribeInstanceRefreshesCommand)
        .resolves({ InstanceRefreshes: [{ Status }] });

      expect(await look.readObstacles(state)).toEqual([]);
    },
  );

  test.each([
    ['UPDATE_IN_PROGRESS', true],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', true],
    ['UPDATE_ROLLBACK_IN_PROGRESS', true],
    ['REVIEW_IN_PROGRESS', false],
    ['UPDATE_COMPLETE', false],
    ['UPDATE_ROLLBACK_FAILED', false],
  ] as const)('is a stack that is %s: %s', async (StackStatus, isUnderWay) => {
    const { cloudFormation, look } = setUp();
    const stack = { StackName: 'web', CreationTime: new Date(NOON), StackStatus };
    cloudFormation.on(DescribeStacksCommand, { StackName: 'web' }).resolves({ Stacks: [stack] });
    const found = await look.readObstacles({ ...state, stack: 'web' });

    expect(found.map(({ detail }) => detail)).toEqual(
      isUnderWay ? [`CloudFormation is at work on the group's stack web (${StackStatus})`] : [],
    );
  });

  test('asks for no stack of a group that belongs to none', async () => {
    const { cloudFormation, look } = setUp();

    expect(await look.readObstacles(state)).toEqual([]);
    expect(cloudFormation.calls()).toEqual([]);
  });

  test('is a zonal shift, in any of its target groups', async () => {
    const { loadBalancing, look } = setUp();
    const shifted = { AdministrativeOverride: { State: 'zonal_shift_active' as const } };
    const other = { AdministrativeOverride: { State: 'no_override' as const } };
    loadBalancing
      .on(DescribeTargetHealthCommand, { TargetGroupArn: TARGET_GROUP_ARN })
      .resolves({ TargetHealthDescriptions: [shifted, other, {}, shifted] });

    expect(
      await look.readObstacles({ ...state, targetGroupArns: ['x', TARGET_GROUP_ARN] }),
    ).toEqual([
      { reason: 'ZonalShiftActive', detail: 'a zonal shift keeps 2 targets out of traffic' },
    ]);
  });

  test('is nothing of a stack or a target group that is gone', async () => {
    const { cloudFormation, loadBalancing, look } = setUp();
    const named = (name: string, message: string) => Object.assign(new Error(message), { name });
    cloudFormation
      .on(DescribeStacksCommand)
      .rejects(named('ValidationError', 'Stack with id web does not exist'));
    loadBalancing
      .on(DescribeTargetHealthCommand)
      .rejects(named('TargetGroupNotFoundException', 'One or more target groups not found'));

    expect(await look.readObstacles({ ...state, stack: 'web' })).toEqual([]);
  });

  test.each([
    Object.assign(new Error('Rate exceeded'), { name: 'Throttling' }),
    Object.assign(new Error('1 validation error detected'), { name: 'ValidationError' }),
    'no error at all',
  ])('is not guessed when CloudFormation answers %s', async (thrown) => {
    const { cloudFormation, look } = setUp();
    cloudFormation.on(DescribeStacksCommand).callsFake(() => Promise.reject(thrown));

    await expect(look.readObstacles({ ...state, stack: 'web' })).rejects.toBe(thrown);
  });

  test('is not guessed when AWS cannot be asked', async () => {
    const { autoScaling, look } = setUp();
    autoScaling.on(DescribeInstanceRefreshesCommand).rejects(new Error('throttled'));

    await expect(look.readObstacles(state)).rejects.toThrow('throttled');
  });
});

describe('the latest activities of a group', () => {
  test('are read with their causes and what became of them', async () => {
    const { autoScaling, look } = setUp();
    autoScaling
      .on(DescribeScalingActivitiesCommand, { AutoScalingGroupName: 'web-prod', MaxRecords: 20 })
      .resolves({
        Activities: [
          {
            ActivityId: '1',
            AutoScalingGroupName: 'web-prod',
            StartTime: new Date(NOON),
            StatusCode: 'Failed',
            StatusMessage: 'no capacity',
            Cause: 'x'.repeat(2_000),
          },
          {
            ActivityId: '2',
            AutoScalingGroupName: 'web-prod',
            StatusCode: 'Successful',
            Cause: undefined,
            StartTime: undefined,
          },
        ],
      });

    expect(await look.readActivities('web-prod')).toEqual([
      { at: NOON, isFailed: true, cause: 'x'.repeat(1_000), message: 'no capacity' },
      { at: 0, isFailed: false, cause: '', message: '' },
    ]);
  });

  test('of a group without any are none', async () => {
    const { autoScaling, look } = setUp();
    autoScaling.on(DescribeScalingActivitiesCommand).resolves({});

    expect(await look.readActivities('web-prod')).toEqual([]);
  });
});
