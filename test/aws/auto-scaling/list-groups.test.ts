import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { listGroups } from '#aws/auto-scaling/list-groups.ts';

const setUp = () => {
  const mock = mockClient(AutoScalingClient);
  const calls = mock.on(DescribeAutoScalingGroupsCommand);
  return { calls, list: listGroups(new AutoScalingClient({})) };
};

const MANAGED = { Key: 'tidegate:managed', Value: 'true' };

const groupNamed = (AutoScalingGroupName: string, Tags = [MANAGED]) => ({
  AutoScalingGroupName,
  MinSize: 0,
  MaxSize: 1,
  DesiredCapacity: 0,
  DefaultCooldown: 300,
  AvailabilityZones: [],
  HealthCheckType: 'EC2',
  CreatedTime: new Date(0),
  Tags,
});

const listed = (autoScalingGroup: string) => ({
  autoScalingGroup,
  tags: new Map([['tidegate:managed', 'true']]),
  isManaged: true,
});

test('one listing asks for all groups that opted in, a hundred a page', async () => {
  const { calls, list } = setUp();
  // The SDK puts the token into the input of the first call, so each input is copied as it comes.
  const sent: object[] = [];
  calls.callsFake((input: { NextToken?: string }) => {
    sent.push({ ...input });
    return input.NextToken === undefined
      ? { AutoScalingGroups: [groupNamed('a')], NextToken: 'more' }
      : { AutoScalingGroups: [groupNamed('b')] };
  });
  expect(await list()).toEqual({ isWhole: true, groups: [listed('a'), listed('b')] });
  const Filters = [{ Name: 'tag:tidegate:managed', Values: ['true'] }];
  expect(sent).toEqual([
    { Filters, MaxRecords: 100 },
    { Filters, MaxRecords: 100, NextToken: 'more' },
  ]);
});

test('an empty page in the middle ends nothing', async () => {
  const { calls, list } = setUp();
  calls
    .resolvesOnce({ AutoScalingGroups: [], NextToken: 'more' })
    .resolvesOnce({ AutoScalingGroups: [groupNamed('b')] });
  expect(await list()).toEqual({ isWhole: true, groups: [listed('b')] });
});

test('a page that fails leaves a listing that is not whole, with the pages before it', async () => {
  const { calls, list } = setUp();
  const error = new Error('Rate exceeded');
  calls
    .resolvesOnce({ AutoScalingGroups: [groupNamed('a')], NextToken: 'more' })
    .rejectsOnce(error);
  expect(await list()).toEqual({ isWhole: false, groups: [listed('a')], error });
});

test('a group that is being deleted is not listed', async () => {
  const { calls, list } = setUp();
  calls.resolves({ AutoScalingGroups: [{ ...groupNamed('a'), Status: 'Delete in progress' }] });
  expect(await list()).toEqual({ isWhole: true, groups: [] });
});

test('a group that the filter let through without its tag has not opted in', async () => {
  const { calls, list } = setUp();
  const tier = { Key: 'tier', Value: 'web' };
  calls.resolves({ AutoScalingGroups: [groupNamed('a', [tier])] });
  expect(await list()).toEqual({
    isWhole: true,
    groups: [{ autoScalingGroup: 'a', tags: new Map([['tier', 'web']]), isManaged: false }],
  });
});

test('an answer that lacks fields is a listing all the same', async () => {
  const { calls, list } = setUp();
  const { Tags: _, ...untagged } = groupNamed('a');
  const { AutoScalingGroupName: __, ...nameless } = groupNamed('b');
  calls
    .resolvesOnce({ NextToken: 'more' } as never)
    .resolvesOnce({ AutoScalingGroups: [untagged, nameless as never] });
  expect(await list()).toEqual({
    isWhole: true,
    groups: [{ autoScalingGroup: 'a', tags: new Map(), isManaged: false }],
  });
});

test.each([{ Key: 'x' }, { Key: 'x', Value: '' }])('the tag %j has an empty value', async (tag) => {
  const { calls, list } = setUp();
  calls.resolves({ AutoScalingGroups: [groupNamed('a', [MANAGED, tag as never])] });
  const { groups } = await list();
  expect(groups[0]?.tags.get('x')).toBe('');
});

test('a tag without a key selects nothing that has a key', async () => {
  const { calls, list } = setUp();
  calls.resolves({ AutoScalingGroups: [groupNamed('a', [{ Value: 'true' } as never])] });
  const { groups } = await list();
  expect(groups[0]?.isManaged).toBe(false);
});
