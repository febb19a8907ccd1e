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

const ARN = 'arn:aws:elasticloadbalancing:eu-central-1:123456789012';
const TARGET_GROUP = `${ARN}:targetgroup/web/73e2d6bc24d8a067`;
const aGroup = (name: string, change: object = {}) => ({
  AutoScalingGroupName: name,
  MinSize: 1,
  MaxSize: 5,
  DesiredCapacity: 2,
  DefaultCooldown: 300,
  AvailabilityZones: [],
  HealthCheckType: 'EC2',
  CreatedTime: new Date(0),
  ...change,
});
const POLICY = {
  AutoScalingGroupName: 'workers',
  PolicyName: 'backlog',
  PolicyType: 'StepScaling',
  Alarms: [{ AlarmName: 'backlog-high' }],
};
const ALARM = {
  AlarmName: 'backlog-high',
  Namespace: 'AWS/SQS',
  Dimensions: [{ Name: 'QueueName', Value: 'orders' }],
};

beforeEach(() => {
  for (const mock of [autoScaling, cloudWatch, balancers]) mock.reset();
  autoScaling
    .on(DescribeAutoScalingGroupsCommand)
    .resolvesOnce({
      AutoScalingGroups: [
        aGroup('web', {
          TargetGroupARNs: [TARGET_GROUP],
          Tags: [{ Key: 'team', Value: 'shop' }],
          DefaultInstanceWarmup: 120,
          Instances: [
            {
              InstanceId: 'i-1',
              AvailabilityZone: 'a',
              LifecycleState: 'InService',
              HealthStatus: 'Healthy',
              ProtectedFromScaleIn: false,
            },
          ],
        }),
        aGroup('going', { Status: 'Delete in progress' }),
      ],
      NextToken: '2',
    })
    .resolvesOnce({ AutoScalingGroups: [aGroup('workers')] });
  autoScaling.on(DescribePoliciesCommand).resolves({ ScalingPolicies: [POLICY] });
  autoScaling.on(DescribeScheduledActionsCommand).resolves({
    ScheduledUpdateGroupActions: [{ AutoScalingGroupName: 'web', ScheduledActionName: 'night' }],
  });
  cloudWatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [ALARM] });
  balancers.on(DescribeTargetGroupsCommand).resolves({
    TargetGroups: [
      {
        TargetGroupArn: TARGET_GROUP,
        LoadBalancerArns: [`${ARN}:loadbalancer/app/web/50dc6c495c0c9188`],
      },
    ],
  });
});

describe('the survey of an account', () => {
  test('has every group with its load balancers, queues, policies, alarms and scheduled actions', async () => {
    const found = await connect().survey();

    expect(found).toEqual([
      {
        autoScalingGroup: 'web',
        min: 1,
        max: 5,
        instances: 1,
        warmupSeconds: 120,
        tags: { team: 'shop' },
        servedBy: [
          {
            loadBalancer: 'app/web/50dc6c495c0c9188',
            targetGroup: 'targetgroup/web/73e2d6bc24d8a067',
          },
        ],
        queues: [],
        documents: [
          {
            file: 'describe-scheduled-actions',
            text: expect.stringContaining('"ScheduledUpdateGroupActions":[{'),
          },
        ],
      },
      {
        autoScalingGroup: 'workers',
        min: 1,
        max: 5,
        instances: 0,
        tags: {},
        servedBy: [],
        queues: ['orders'],
        documents: [
          { file: 'describe-policies', text: JSON.stringify({ ScalingPolicies: [POLICY] }) },
          { file: 'describe-alarms', text: JSON.stringify({ MetricAlarms: [ALARM] }) },
        ],
      },
    ]);
  });

  test('asks for the alarms of policies by name, and for nothing where there is nothing', async () => {
    autoScaling.on(DescribePoliciesCommand).resolves({ ScalingPolicies: [] });
    await connect().survey();

    expect(cloudWatch.calls()).toEqual([]);
  });
});

describe('the queues that policies go by', () => {
  const metrics = [
    {
      Id: 'm',
      MetricStat: {
        Metric: { Dimensions: [{ Name: 'QueueName', Value: 'jobs' }] },
        Period: 60,
        Stat: 'Maximum',
      },
    },
  ];

  test.each([
    ['in the metric math of an alarm', [], [{ Metrics: metrics }]],
    [
      'in a metric that is tracked',
      [
        {
          TargetTrackingConfiguration: {
            TargetValue: 1,
            CustomizedMetricSpecification: { Dimensions: [{ Name: 'QueueName', Value: 'jobs' }] },
          },
        },
      ],
      [],
    ],
    [
      'in the metric math that is tracked',
      [
        {
          TargetTrackingConfiguration: {
            TargetValue: 1,
            CustomizedMetricSpecification: { Metrics: metrics },
          },
        },
      ],
      [],
    ],
  ])('are found %s', (_, policies, alarms) => {
    expect(queuesOfPolicies(policies as never, alarms as never)).toEqual(['jobs']);
  });

  test('are each named once', () => {
    expect(queuesOfPolicies([], [ALARM, ALARM] as never)).toEqual(['orders']);
  });
});
