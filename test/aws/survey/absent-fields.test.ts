import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribePoliciesCommand,
  DescribeScheduledActionsCommand,
} from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { connect } from '#aws/account.ts';
import { queuesOfPolicies } from '#aws/survey/queues-of-policies.ts';
import { mockClient } from '#test/support/mock-client.ts';

const autoScaling = mockClient(AutoScalingClient);
const cloudWatch = mockClient(CloudWatchClient);
const balancers = mockClient(ElasticLoadBalancingV2Client);

const TARGET_GROUP =
  'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/web/73e2d6bc24d8a067';
const BARE = {
  autoScalingGroup: 'web',
  min: 0,
  max: 0,
  instances: 0,
  tags: {},
  servedBy: [],
  queues: [],
  documents: [],
};

const answerGroups = (...groups: readonly object[]) =>
  autoScaling.on(DescribeAutoScalingGroupsCommand).resolves({ AutoScalingGroups: groups } as never);

beforeEach(() => {
  for (const mock of [autoScaling, cloudWatch, balancers]) mock.reset();
  autoScaling.on(DescribeAutoScalingGroupsCommand).resolves({});
  autoScaling.on(DescribePoliciesCommand).resolves({});
  autoScaling.on(DescribeScheduledActionsCommand).resolves({});
  cloudWatch.on(DescribeAlarmsCommand).resolves({});
  balancers.on(DescribeTargetGroupsCommand).resolves({});
});

describe('the survey of answers that lack fields', () => {
  test('finds no group where the answer has no list', async () => {
    expect(await connect().survey()).toEqual([]);
  });

  test('takes a group of which only the name is known as empty', async () => {
    answerGroups({ AutoScalingGroupName: 'web' });

    expect(await connect().survey()).toEqual([BARE]);
  });

  test('takes a group without a name, and a tag without a key or a value, as empty text', async () => {
    answerGroups({ Tags: [{ Key: 'team' }, { Value: 'shop' }] });

    expect(await connect().survey()).toEqual([
      { ...BARE, autoScalingGroup: '', tags: { team: '', '': 'shop' } },
    ]);
  });

  test.each([
    [-1, BARE],
    [0, { ...BARE, warmupSeconds: 0 }],
  ])('reads a default warmup of %d, where -1 says that it was unset', async (warmup, expected) => {
    answerGroups({ AutoScalingGroupName: 'web', DefaultInstanceWarmup: warmup });

    expect(await connect().survey()).toEqual([expected]);
  });

  test.each([
    ['is not in the answer', {}],
    ['has no load balancer', { TargetGroups: [{ TargetGroupArn: TARGET_GROUP }] }],
    ['has no ARN', { TargetGroups: [{ LoadBalancerArns: ['a:b:c:d:e:loadbalancer/app/web/1'] }] }],
  ])('names no load balancer where the target group %s', async (_, answer) => {
    answerGroups({ AutoScalingGroupName: 'web', TargetGroupARNs: [TARGET_GROUP] });
    balancers.on(DescribeTargetGroupsCommand).resolves(answer);

    expect(await connect().survey()).toEqual([BARE]);
  });

  test.each([
    ['are gone', {}],
    ['have no name', { MetricAlarms: [{ Namespace: 'AWS/SQS' }] }],
  ])('keeps policies whose alarms %s', async (_, answer) => {
    const policies = [
      { AutoScalingGroupName: 'web', PolicyName: 'plain' },
      { AutoScalingGroupName: 'web', PolicyName: 'high', Alarms: [{}, { AlarmName: 'high' }] },
    ];
    answerGroups({ AutoScalingGroupName: 'web' });
    autoScaling.on(DescribePoliciesCommand).resolves({ ScalingPolicies: policies });
    cloudWatch.on(DescribeAlarmsCommand).resolves(answer);

    expect(await connect().survey()).toEqual([
      {
        ...BARE,
        documents: [
          { file: 'describe-policies', text: JSON.stringify({ ScalingPolicies: policies }) },
        ],
      },
    ]);
  });

  test.each([
    [100, [100]],
    [101, [100, 1]],
  ])('asks for %d alarms at most a hundred in a call', async (count, sizes) => {
    const alarms = Array.from({ length: count }, (_, n) => ({ AlarmName: `alarm-${n}` }));
    autoScaling.on(DescribePoliciesCommand).resolves({ ScalingPolicies: [{ Alarms: alarms }] });
    await connect().survey();

    const asked = cloudWatch.commandCalls(DescribeAlarmsCommand);
    expect(asked.map(({ args }) => args[0].input.AlarmNames?.length)).toEqual(sizes);
  });
});

describe('the queues of policies', () => {
  const metrics = [
    { Id: 'e' },
    { Id: 'm', MetricStat: {} },
    { Id: 'n', MetricStat: { Metric: {} } },
  ];

  test('are none where metrics have expressions, other dimensions or no value', () => {
    const dimensions = [{ Name: 'QueueName' }, { Name: 'TopicName', Value: 'orders' }];
    const tracked = { CustomizedMetricSpecification: { Metrics: metrics } };

    expect(
      queuesOfPolicies(
        [{}, { TargetTrackingConfiguration: tracked }] as never,
        [{}, { Metrics: metrics }, { Dimensions: dimensions }] as never,
      ),
    ).toEqual([]);
  });
});
