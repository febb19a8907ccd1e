import { AutoScalingClient, DescribeScalingActivitiesCommand } from '@aws-sdk/client-auto-scaling';
import { expect, test } from '@jest/globals';
import { readLaunchHistory } from '#aws/auto-scaling/read-launch-history.ts';
import { minutes, NOON, seconds } from '#test/support/builders.ts';
import { mockClient } from '#test/support/mock-client.ts';

type Status = 'Successful' | 'Failed' | 'InProgress';
const activity = (Description: string | undefined, started: number, boot?: number) => ({
  ActivityId: 'a',
  AutoScalingGroupName: 'web-prod',
  Cause: '',
  Description,
  StatusCode: 'Successful' as Status,
  StartTime: new Date(NOON + minutes(started)),
  EndTime: boot === undefined ? undefined : new Date(NOON + minutes(started) + seconds(boot)),
});
const LAUNCH = 'Launching a new EC2 instance: i-0a';

const read = (...pages: ReturnType<typeof activity>[][]) => {
  const mock = mockClient(AutoScalingClient).on(DescribeScalingActivitiesCommand);
  for (const [index, Activities] of pages.entries()) {
    mock.resolvesOnce({ Activities, NextToken: `${index + 1}` });
  }
  mock.rejects(new Error('a page too many'));
  return readLaunchHistory(new AutoScalingClient({}))('web-prod', NOON);
};

test('the launches of a group are those that came to an end, the earliest first', async () => {
  const launches = await read([
    { ...activity(LAUNCH, 9), StatusCode: 'InProgress' },
    activity(LAUNCH, 8),
    activity('Terminating EC2 instance: i-0b', 7, 9),
    { ...activity('Launching a new EC2 instance.  Status Reason: no', 6, 1), StatusCode: 'Failed' },
    activity('Launching a new EC2 instance into warm pool: i-0c', 5, 40),
    activity('Launching a new EC2 instance from warm pool: i-0c', 4, 12),
    activity(undefined, 3, 1),
    activity(LAUNCH, 0, 151.5),
    activity(LAUNCH, -1, 90),
  ]);

  expect(launches).toEqual([
    { startedAt: NOON, bootSeconds: 151.5 },
    { startedAt: NOON + minutes(4), bootSeconds: 12, isStart: true },
    { startedAt: NOON + minutes(6) },
  ]);
});

test('are read page by page, until one is too old', async () => {
  expect(
    await read([activity(LAUNCH, 2, 1)], [activity(LAUNCH, 1, -1), activity(LAUNCH, -1, 1)]),
  ).toEqual([
    { startedAt: NOON + minutes(1), bootSeconds: 0 },
    { startedAt: NOON + minutes(2), bootSeconds: 1 },
  ]);
});
