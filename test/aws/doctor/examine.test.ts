import {
  DescribeAutoScalingGroupsCommand,
  DescribePoliciesCommand,
  DescribeScheduledActionsCommand,
} from '@aws-sdk/client-auto-scaling';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeInstancesCommand, DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import {
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetKeyPolicyCommand } from '@aws-sdk/client-kms';
import { GetTopicAttributesCommand, ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { DescribeParametersCommand } from '@aws-sdk/client-ssm';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { connect } from '#aws/account.ts';
import { sweepDeadLetters } from '#aws/doctor/shards.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { runChecks } from '#domain/doctor/run-checks.ts';
import { queues } from '#infrastructure/queues.ts';
import { aHealth, TARGET_GROUP, TARGET_GROUP_ARN } from '#test/support/builders.ts';
import { BALANCER, soundGroup, TOPIC } from '#test/support/checkup.ts';
import {
  alarms,
  answerSoundly,
  balancers,
  ec2,
  groups,
  kms,
  sns,
  ssm,
  stacks,
} from '#test/support/sound-account.ts';

process.env.AWS_REGION = 'us-east-1';
const configuration: Configuration = {
  groups: [soundGroup.group],
  alerts: [],
  channels: [
    { kind: 'email', name: 'mail', address: 'ops@example.com' },
    { kind: 'slack', name: 'ops', webhookParameter: '/hook', origins: [] },
  ],
  routes: [],
};

const ask = () =>
  connect().examine({ stack: 'tidegate-dev', configuration, groups: configuration.groups, now: 0 });

const fault = (name: string, message = 'no'): Error => Object.assign(new Error(message), { name });

beforeEach(answerSoundly);

describe('an examination', () => {
  test('reads what a sound set-up is', async () => {
    const checkup = await ask();

    expect(runChecks(checkup).flatMap(({ findings }) => findings)).toEqual([]);
    expect(checkup.groups[0]).toMatchObject({
      settings: { warmupSeconds: 120, metrics: ['GroupMaxSize'] },
      instances: [{ id: 'i-1', isMonitored: true, securityGroups: ['sg-web'] }],
      targetGroups: [
        {
          name: TARGET_GROUP,
          found: {
            balancers: [BALANCER],
            check: { codes: '200', intervalSeconds: 10, timeoutSeconds: 4, healthyCount: 3 },
          },
          balancer: { zones: ['us-east-1a'], securityGroups: ['sg-lb'] },
        },
      ],
    });
  });

  test('asks by the ARNs of the account and Region', async () => {
    await ask();

    expect(balancers.commandCalls(DescribeTargetGroupsCommand)[0]?.args[0].input).toEqual({
      TargetGroupArns: [TARGET_GROUP_ARN],
    });
    expect(balancers.commandCalls(DescribeLoadBalancersCommand)[0]?.args[0].input).toEqual({
      LoadBalancerArns: [
        `arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/${BALANCER}`,
      ],
    });
    expect(sns.commandCalls(ListSubscriptionsByTopicCommand)[0]?.args[0].input).toEqual({
      TopicArn: 'arn:aws:sns:us-east-1:123456789012:tidegate-dev-mail-mail',
    });
  });

  test('of a member of a fleet looks at the target groups that it is attached to, and finds their load balancer', async () => {
    const member = {
      ...soundGroup.group,
      name: 'shops/web-prod',
      health: aHealth({ watched: [] }),
      fleet: { name: 'shops', tags: { tier: 'shop' } },
    };
    const { groups: examined } = await connect().examine({
      stack: 'tidegate-dev',
      configuration,
      groups: [member],
      now: 0,
    });

    expect(examined[0]).toMatchObject({
      targetGroups: [
        {
          name: TARGET_GROUP,
          configuredBalancer: BALANCER,
          found: { balancers: [BALANCER] },
          balancer: { securityGroups: ['sg-lb'] },
        },
      ],
      balancers: [{ name: BALANCER }],
    });

    balancers.on(DescribeTargetGroupsCommand).resolves({ TargetGroups: [] });
    const { groups: gone } = await connect().examine({
      stack: 'tidegate-dev',
      configuration,
      groups: [member],
      now: 0,
    });
    expect(gone[0]?.targetGroups).toMatchObject([{ name: TARGET_GROUP, configuredBalancer: '' }]);
    expect(gone[0]?.balancers).toEqual([]);
  });

  test('never asks for the value of a secret', async () => {
    await ask();

    expect(ssm.calls().map(({ args }) => args[0].constructor.name)).toEqual([
      'DescribeParametersCommand',
    ]);
  });

  test('of a stack that is not there goes on with the groups', async () => {
    stacks
      .on(DescribeStacksCommand)
      .rejects(fault('ValidationError', 'Stack with id tidegate-dev does not exist'));
    const checkup = await ask();

    expect(checkup.deployment).toMatchObject({ stack: 'tidegate-dev', mail: [], unread: [] });
    expect(checkup.deployment).not.toHaveProperty('topic');
    expect(checkup.groups[0]?.state?.autoScalingGroup).toBe('web-prod');
  });

  test('says which version of Tidegate deployed the stack', async () => {
    expect((await ask()).deployment.version).toBe('0.1.0+817e7b4');
  });

  test('says how a stack stands that has no alarm topic', async () => {
    stacks.on(DescribeStacksCommand).resolves({
      Stacks: [
        { StackName: 'tidegate-dev', CreationTime: new Date(0), StackStatus: 'ROLLBACK_COMPLETE' },
      ],
    });

    const { deployment } = await ask();

    expect(deployment.status).toBe('ROLLBACK_COMPLETE');
    expect(deployment).not.toHaveProperty('topic');
    expect(deployment).not.toHaveProperty('version');
  });

  test('asks for no stack when the topic is named', async () => {
    const groupsAsked = configuration.groups;
    const { deployment } = await connect().examine({
      stack: 'x',
      topicArn: TOPIC,
      configuration,
      groups: groupsAsked,
      now: 0,
    });

    expect(deployment.topic?.arn).toBe(TOPIC);
    expect(stacks.calls()).toEqual([]);
  });

  test.each([
    { arn: 'PendingConfirmation', status: 'pending' },
    { arn: 'Deleted', status: 'missing' },
  ])('reads the subscription "$arn" as $status', async ({ arn, status }) => {
    sns.on(ListSubscriptionsByTopicCommand).resolves({
      Subscriptions: [{ Endpoint: 'ops@example.com', SubscriptionArn: arn }],
    });

    expect((await ask()).deployment.mail).toEqual([
      { channel: 'mail', address: 'ops@example.com', status },
    ]);
  });

  test('finds a topic, a target group and a group that are not there', async () => {
    sns.on(ListSubscriptionsByTopicCommand).rejects(fault('NotFoundException'));
    balancers.on(DescribeTargetGroupsCommand).rejects(fault('TargetGroupNotFoundException'));
    balancers.on(DescribeLoadBalancersCommand).rejects(fault('LoadBalancerNotFoundException'));
    ssm.on(DescribeParametersCommand).resolves({});
    const { deployment, groups: facts } = await ask();

    expect(deployment.mail[0]?.status).toBe('missing');
    expect(deployment.webhooks).toEqual([{ channel: 'ops', parameter: '/hook' }]);
    expect(facts[0]?.targetGroups[0]).not.toHaveProperty('found');
    groups.on(DescribeAutoScalingGroupsCommand).resolves({ AutoScalingGroups: [] });
    expect((await ask()).groups[0]).not.toHaveProperty('state');
  });

  test('leaves a key of AWS unread: nobody may read its policy', async () => {
    sns.on(GetTopicAttributesCommand).resolves({ Attributes: { KmsMasterKeyId: 'alias/aws/sns' } });

    expect((await ask()).deployment.topic).toEqual({ arn: TOPIC, keyId: 'alias/aws/sns' });
    expect(kms.calls()).toEqual([]);
  });

  test('takes what AWS leaves out for nothing that is sound', async () => {
    sns.on(GetTopicAttributesCommand).resolves({});
    sns.on(ListSubscriptionsByTopicCommand).resolves({});
    groups.on(DescribePoliciesCommand).resolves({ ScalingPolicies: [{}] });
    groups.on(DescribeScheduledActionsCommand).resolves({ ScheduledUpdateGroupActions: [{}] });
    alarms.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [{}] });
    ec2.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances: [{}] }, {}] });
    ec2
      .on(DescribeSecurityGroupsCommand)
      .resolves({ SecurityGroups: [{ IpPermissions: [{}] }, {}] });
    balancers.on(DescribeTargetGroupsCommand).resolves({ TargetGroups: [{}] });
    balancers.on(DescribeTagsCommand).resolves({ TagDescriptions: [{}] });
    balancers.on(DescribeTargetHealthCommand).resolves({});
    balancers.on(DescribeLoadBalancersCommand).resolves({ LoadBalancers: [{}] });
    const checkup = await ask();
    const codes = runChecks(checkup).flatMap(({ findings }) => findings.map(({ code }) => code));

    expect(checkup.deployment.topic).toEqual({ arn: TOPIC });
    expect(checkup.groups[0]?.instances).toEqual([
      { id: '', isMonitored: false, isMetadataOpen: false, securityGroups: [] },
    ]);
    expect(codes).toEqual(
      expect.arrayContaining([
        ...['mail-unconfirmed', 'aws-policies', 'scheduled-actions', 'basic-monitoring'],
        ...['alarm-missing', 'target-group-untagged', 'target-group-idle', 'no-healthy-target'],
      ]),
    );
  });

  test('of a group without instances asks for none', async () => {
    groups.on(DescribeAutoScalingGroupsCommand).resolves({
      AutoScalingGroups: [
        {
          AutoScalingGroupName: 'web-prod',
          MinSize: 0,
          MaxSize: 1,
          DesiredCapacity: 0,
          DefaultCooldown: 0,
          AvailabilityZones: [],
          CreatedTime: new Date(0),
          HealthCheckType: 'EC2',
        },
      ],
    });
    const [facts] = (await ask()).groups;

    expect(facts?.settings).toEqual({ metrics: [], subnets: [] });
    expect(ec2.commandCalls(DescribeInstancesCommand)).toEqual([]);
  });

  test('says nothing of a policy that is no JSON', async () => {
    kms.on(GetKeyPolicyCommand).resolves({ Policy: '[object Object]' });

    expect((await ask()).deployment.topic).not.toHaveProperty('keyPolicy');
  });

  test('names each part that it may not read, and reads the rest', async () => {
    groups.on(DescribePoliciesCommand).rejects(fault('AccessDenied', 'not you'));
    ec2.on(DescribeSecurityGroupsCommand).rejects(fault('UnauthorizedOperation', 'nor you'));
    kms.on(GetKeyPolicyCommand).rejects(fault('AccessDeniedException', 'nobody'));
    const { deployment, groups: facts } = await ask();

    expect(deployment.unread).toEqual([
      { what: 'the alarm topic', why: 'AccessDeniedException: nobody' },
    ]);
    expect(facts[0]?.unread).toEqual([
      { what: 'its scaling policies', why: 'AccessDenied: not you' },
      { what: 'its security groups', why: 'UnauthorizedOperation: nor you' },
      { what: 'its load balancers', why: 'UnauthorizedOperation: nor you' },
    ]);
    expect(facts[0]?.targetGroups).toHaveLength(1);
  });

  test.each([
    { what: 'nobody is signed in', error: fault('CredentialsProviderError', 'none') },
    { what: 'the Region is not set', error: fault('Error', 'Region is missing') },
    {
      what: 'there is no network',
      error: Object.assign(fault('Error', 'getaddrinfo'), { code: 'ENOTFOUND' }),
    },
  ])('ends at once when $what', async ({ error }) => {
    groups.on(DescribePoliciesCommand).rejects(error);

    await expect(ask()).rejects.toThrow(error.message);
  });

  test('reads what became of the shards of the last hour, where there may be any', async () => {
    const now = Date.UTC(2026, 2, 2, 9);
    const at = (minute: number) => new Date(now - minute * 60_000);
    const asked = () =>
      connect().examine({
        stack: 'tidegate-dev',
        configuration: { ...configuration, fleets: [{ name: 'shops', tags: {}, template }] },
        groups: [],
        now,
      });
    const { name: _name, autoScalingGroup: _group, ...template } = soundGroup.group;
    alarms.on(GetMetricDataCommand).resolves({
      MetricDataResults: [
        { Id: 'm0', Timestamps: [at(9), at(3)], Values: [2, 1] },
        { Id: 'm1', Timestamps: [at(9), at(3)], Values: [4, 5] },
      ],
    });

    expect((await asked()).deployment.shards).toEqual({
      dropped: 3,
      deadLetters: 5,
      deadLetterQueue: 'tidegate-dev-sweep-dead-letters',
    });
    const [call] = alarms.commandCalls(GetMetricDataCommand);
    expect(call?.args[0].input).toMatchObject({
      StartTime: at(60),
      EndTime: at(0),
      MetricDataQueries: [
        { MetricStat: { Metric: { Dimensions: [{ Name: 'service', Value: 'tidegate-dev' }] } } },
        { MetricStat: { Stat: 'Maximum', Period: 60 } },
      ],
    });

    alarms.on(GetMetricDataCommand).resolves({});
    expect((await asked()).deployment.shards).toMatchObject({ dropped: 0, deadLetters: 0 });

    alarms.on(GetMetricDataCommand).rejects(fault('AccessDenied', 'not you'));
    const { deployment } = await asked();
    expect(deployment).not.toHaveProperty('shards');
    expect(deployment.unread).toEqual([
      { what: 'the shards of its sweep', why: 'AccessDenied: not you' },
    ]);
  });

  test('asks for no shards where there are none', async () => {
    expect((await ask()).deployment).not.toHaveProperty('shards');
    expect(alarms.commandCalls(GetMetricDataCommand)).toEqual([]);
  });

  test('names the queue of dead shards as the deployment makes it', () => {
    const { SweepDeadLetters } = queues({ service: 'tidegate', stage: 'dev' }, [], {
      fleets: [{ name: 'shops', tags: {}, template: soundGroup.group }],
    });

    expect(SweepDeadLetters?.Properties.QueueName).toBe(sweepDeadLetters('tidegate-dev'));
  });

  test('reads composite alarms and ranges of addresses', async () => {
    alarms.on(DescribeAlarmsCommand).resolves({
      CompositeAlarms: [{ AlarmName: 'both', StateValue: 'ALARM' }],
    });
    ec2.on(DescribeSecurityGroupsCommand).resolves({
      SecurityGroups: [
        { GroupId: 'sg-web', IpPermissions: [{ IpRanges: [{ CidrIp: '10.0.0.0/8' }] }] },
      ],
    });
    const [facts] = (await ask()).groups;

    expect(facts?.alarms).toEqual([
      { name: 'both', state: 'ALARM', actionsEnabled: true, alarmActions: [] },
    ]);
    expect(facts?.targetGroups[0]?.openings).toEqual({
      'sg-web': [
        { protocol: '-1', from: 0, to: 65_535, groups: [], hasRanges: true, isForAll: false },
      ],
    });
  });
});
