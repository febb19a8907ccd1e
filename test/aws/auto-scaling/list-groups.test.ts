import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { expect, test } from '@jest/globals';
import { listGroups } from '#aws/auto-scaling/list-groups.ts';
import { mockClient } from '#test/support/mock-client.ts';

const setUp = () => {
  const mock = mockClient(AutoScalingClient);
  const calls = mock.on(DescribeAutoScalingGroupsCommand);
  const seer = { deployment: 'tidegate-prod', tagKeys: ['tier', 'env'] };
  return { calls, list: listGroups(new AutoScalingClient({}), seer) };
};

const MANAGED = { Key: 'tidegate:managed', Value: 'tidegate-prod' };

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

const names = ({ groups }: Awaited<ReturnType<ReturnType<typeof setUp>['list']>>) =>
  groups.map(({ autoScalingGroup }) => autoScalingGroup);

test('one listing asks for all groups that were handed over to the deployment, a hundred a page', async () => {
  const { calls, list } = setUp();
  // The SDK puts the token into the input of the first call, so each input is copied as it comes.
  const sent: object[] = [];
  calls.callsFake((input: { NextToken?: string }) => {
    sent.push({ ...input });
    return input.NextToken === undefined
      ? { AutoScalingGroups: [groupNamed('a')], NextToken: 'more' }
      : { AutoScalingGroups: [groupNamed('b')] };
  });
  const listing = await list();
  expect(listing).toMatchObject({ isWhole: true });
  expect(names(listing)).toEqual(['a', 'b']);
  const Filters = [{ Name: 'tag:tidegate:managed', Values: ['tidegate-prod', 'true'] }];
  expect(sent).toEqual([
    { Filters, MaxRecords: 100 },
    { Filters, MaxRecords: 100, NextToken: 'more' },
  ]);
});

test('an empty page in the middle ends nothing', async () => {
  const { calls, list } = setUp();
  calls
    .resolvesOnce({ AutoScalingGroups: [], NextToken: 'more' })
    .resolvesOnce({ NextToken: 'more' } as never)
    .resolvesOnce({ AutoScalingGroups: [groupNamed('b')] });
  const listing = await list();
  expect(listing.isWhole).toBe(true);
  expect(names(listing)).toEqual(['b']);
});

test('a page that fails leaves a listing that is not whole, with the pages before it', async () => {
  const { calls, list } = setUp();
  const error = new Error('Rate exceeded');
  calls
    .resolvesOnce({ AutoScalingGroups: [groupNamed('a')], NextToken: 'more' })
    .rejectsOnce(error);
  const listing = await list();
  expect(listing).toMatchObject({ isWhole: false, error });
  expect(names(listing)).toEqual(['a']);
});

test('a group is listed with the tags by which fleets select, and with no others', async () => {
  const { calls, list } = setUp();
  const tags = [
    MANAGED,
    { Key: 'tier', Value: 'web' },
    { Key: 'cost-centre', Value: '7' },
    { Key: 'env' },
    { Value: 'nameless' },
  ];
  calls.resolves({ AutoScalingGroups: [groupNamed('a', tags as never)] });
  expect((await list()).groups).toMatchObject([
    { autoScalingGroup: 'a', isManaged: true, tags: { tier: 'web', env: '' } },
  ]);
});

test('a group that the filter let through with the tag of another deployment is not ours', async () => {
  const { calls, list } = setUp();
  const other = { ...MANAGED, Value: 'tidegate-dev' };
  calls.resolves({ AutoScalingGroups: [groupNamed('a', [other])] });
  expect((await list()).groups).toMatchObject([{ isManaged: false, tags: {} }]);
});
