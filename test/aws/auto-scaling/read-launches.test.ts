import { AutoScalingClient, DescribeScalingActivitiesCommand } from '@aws-sdk/client-auto-scaling';
import { describe, expect, test } from '@jest/globals';
import { readLaunches } from '#aws/auto-scaling/read-launches.ts';
import { minutes, NOON, seconds } from '#test/support/builders.ts';
import { mockClient } from '#test/support/mock-client.ts';

const activity = (Description: string, started: number, ended?: number) => ({
  ActivityId: Description,
  AutoScalingGroupName: 'web-prod',
  Cause: '',
  Description,
  StatusCode: 'Successful' as const,
  StartTime: new Date(NOON - started),
  EndTime: ended === undefined ? undefined : new Date(NOON - ended),
});
const launch = (id: string, started: number, ended?: number) =>
  activity(`Launching a new EC2 instance: ${id}`, started, ended);

const setUp = () => {
  const mock = mockClient(AutoScalingClient);
  return { mock, read: readLaunches(new AutoScalingClient({}), () => NOON) };
};

describe('the launches of a group', () => {
  test('are those that ended lately, by instance', async () => {
    const { mock, read } = setUp();
    mock.on(DescribeScalingActivitiesCommand, { AutoScalingGroupName: 'web-prod' }).resolves({
      Activities: [
        activity('Terminating EC2 instance: i-9', 1, 1),
        launch('i-0a', seconds(100), seconds(60)),
        launch('i-0b', seconds(50)),
        launch('i-0c', minutes(10), seconds(299)),
        launch('i-0d', minutes(10), seconds(300)),
        { ...activity('', 0), Description: undefined, StartTime: undefined },
      ],
    });

    expect(await read('web-prod', 300)).toEqual({
      'i-0a': NOON - seconds(60),
      'i-0b': NOON - seconds(50),
      'i-0c': NOON - seconds(299),
    });
  });

  test('are read page by page, until what follows is too old', async () => {
    const { mock, read } = setUp();
    mock
      .on(DescribeScalingActivitiesCommand)
      .resolvesOnce({ Activities: [launch('i-0a', seconds(10), 0)], NextToken: '2' })
      .resolvesOnce({ Activities: [launch('i-0b', minutes(66), seconds(10))], NextToken: '3' })
      .rejects(new Error('a page too many'));

    expect(Object.keys(await read('web-prod', 300))).toEqual(['i-0a', 'i-0b']);
  });

  test('of a group without activities are none', async () => {
    const { mock, read } = setUp();
    mock.on(DescribeScalingActivitiesCommand).resolves({});

    expect(await read('web-prod', 300)).toEqual({});
  });
});
