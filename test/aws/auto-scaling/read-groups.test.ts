import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { describe, expect, test } from '@jest/globals';
import { readGroups } from '#aws/auto-scaling/read-groups.ts';
import { chunks } from '#aws/client/chunks.ts';
import { mockClient } from '#test/support/mock-client.ts';

const setUp = () => {
  const mock = mockClient(AutoScalingClient);
  const sent = () =>
    mock.commandCalls(DescribeAutoScalingGroupsCommand).map(({ args }) => args[0].input);
  return {
    mock,
    sent,
    read: readGroups(new AutoScalingClient({}), { deployment: 'tidegate-prod' }),
  };
};

const AWS_GROUP = {
  AutoScalingGroupName: 'web-prod',
  MinSize: 2,
  MaxSize: 10,
  DesiredCapacity: 4,
  DefaultCooldown: 300,
  AvailabilityZones: ['us-east-1a'],
  HealthCheckType: 'ELB',
  CreatedTime: new Date(0),
  Tags: [
    { Key: 'tidegate:managed', Value: 'tidegate-prod' },
    { Key: 'aws:cloudformation:stack-name', Value: 'web-stack' },
  ],
  SuspendedProcesses: [{ ProcessName: 'Launch', SuspensionReason: 'by a person' }],
  TargetGroupARNs: ['arn:tg'],
  Instances: [
    {
      InstanceId: 'i-1',
      LifecycleState: 'InService',
      HealthStatus: 'Healthy',
      ProtectedFromScaleIn: true,
      WeightedCapacity: '3',
      AvailabilityZone: 'us-east-1a',
      InstanceType: 'm7g.large',
      LaunchTemplate: { LaunchTemplateName: 'web', Version: '42' },
    },
  ],
} as const;

const GROUP = {
  graceSeconds: 0,
  healthCheckType: 'ELB',
  stack: 'web-stack',
  autoScalingGroup: 'web-prod',
  capacityMin: 2,
  capacityMax: 10,
  capacityDesired: 4,
  isManaged: true,
  optIn: { wanted: 'tidegate-prod', found: 'tidegate-prod' },
  isBeingDeleted: false,
  suspendedProcesses: ['Launch'],
  targetGroupArns: ['arn:tg'],
  instances: [
    {
      id: 'i-1',
      lifecycleState: 'InService',
      isHealthy: true,
      isProtected: true,
      weight: 3,
      availabilityZone: 'us-east-1a',
      instanceType: 'm7g.large',
      launchTemplateVersion: '42',
    },
  ],
};

const answer = (...groups: object[]) => ({ AutoScalingGroups: groups as never });

describe('reading groups', () => {
  test('gives what AWS shows, by the name that AWS knows', async () => {
    const { mock, sent, read } = setUp();
    mock.on(DescribeAutoScalingGroupsCommand).resolves(answer(AWS_GROUP));

    expect(await read(['web-prod', 'gone'])).toEqual(new Map([['web-prod', GROUP]]));
    expect(sent()).toEqual([
      { AutoScalingGroupNames: ['web-prod', 'gone'], MaxRecords: 100, NextToken: undefined },
    ]);
  });

  test('asks for each name once, and for a hundred in one call', async () => {
    const { mock, sent, read } = setUp();
    mock.on(DescribeAutoScalingGroupsCommand).resolves(answer());
    const names = Array.from({ length: 101 }, (_, index) => `g-${index}`);
    await read([...names, 'g-0']);

    expect(sent().map(({ AutoScalingGroupNames }) => AutoScalingGroupNames?.length)).toEqual([
      100, 1,
    ]);
  });

  test('follows the pages', async () => {
    const { mock, read } = setUp();
    mock
      .on(DescribeAutoScalingGroupsCommand)
      .resolvesOnce({ ...answer(AWS_GROUP), NextToken: 'more' })
      .resolvesOnce(answer({ ...AWS_GROUP, AutoScalingGroupName: 'api' }));

    expect([...(await read(['web-prod', 'api'])).keys()]).toEqual(['web-prod', 'api']);
  });

  test('asks nothing for no names', async () => {
    const { sent, read } = setUp();

    expect(await read([])).toEqual(new Map());
    expect(sent()).toEqual([]);
  });

  test('passes a throttle on: it must never look like groups that are gone', async () => {
    const { mock, read } = setUp();
    mock.on(DescribeAutoScalingGroupsCommand).rejects(new Error('Rate exceeded'));

    await expect(read(['web-prod'])).rejects.toThrow('Rate exceeded');
  });

  test.each([
    { title: 'another value', tags: [{ Key: 'tidegate:managed', Value: 'false' }] },
    { title: 'another key', tags: [{ Key: 'managed', Value: 'true' }] },
    { title: 'another case', tags: [{ Key: 'tidegate:managed', Value: 'True' }] },
    {
      title: 'the name of another deployment',
      tags: [{ Key: 'tidegate:managed', Value: 'tidegate-prod-eu' }],
    },
    { title: 'no tags at all', tags: undefined },
  ])('a group with $title is not managed', async ({ tags }) => {
    const { mock, read } = setUp();
    mock.on(DescribeAutoScalingGroupsCommand).resolves(answer({ ...AWS_GROUP, Tags: tags }));

    expect((await read(['web-prod'])).get('web-prod')?.isManaged).toBe(false);
  });

  test('a group with a status is being deleted', async () => {
    const { mock, read } = setUp();
    const going = { ...AWS_GROUP, Status: 'Delete in progress' };
    mock.on(DescribeAutoScalingGroupsCommand).resolves(answer(going));

    expect((await read(['web-prod'])).get('web-prod')?.isBeingDeleted).toBe(true);
  });

  test('what AWS leaves out is nothing that could be acted on', async () => {
    const { mock, read } = setUp();
    const bare = { AutoScalingGroupName: 'web-prod', Instances: [{}] };
    mock.on(DescribeAutoScalingGroupsCommand).resolves(answer(bare));

    const { stack: _stack, healthCheckType: _type, ...plain } = GROUP;
    expect((await read(['web-prod'])).get('web-prod')).toEqual({
      ...plain,
      capacityMin: 0,
      capacityMax: 0,
      capacityDesired: 0,
      isManaged: false,
      optIn: { wanted: 'tidegate-prod' },
      suspendedProcesses: [],
      targetGroupArns: [],
      instances: [
        {
          id: '',
          lifecycleState: '',
          isHealthy: true,
          isProtected: false,
          weight: 1,
          availabilityZone: '',
        },
      ],
    });
  });

  test('an answer without groups has none, and a process without a name keeps its place', async () => {
    const { mock, read } = setUp();
    mock
      .on(DescribeAutoScalingGroupsCommand)
      .resolvesOnce({} as never)
      .resolvesOnce(answer({ SuspendedProcesses: [{}] }));

    expect(await read(['web-prod'])).toEqual(new Map());
    expect((await read(['web-prod'])).get('')?.suspendedProcesses).toEqual(['']);
  });
});

describe('pages', () => {
  test.each([
    { items: [], size: 2, expected: [] },
    { items: [1, 2], size: 2, expected: [[1, 2]] },
    { items: [1, 2, 3], size: 2, expected: [[1, 2], [3]] },
  ])('of $items by $size are $expected', ({ items, size, expected }) => {
    expect(chunks<number>(items, size)).toEqual(expected);
  });
});
