import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { afterEach, describe, expect, test } from '@jest/globals';
import { readPeers } from '#aws/auto-scaling/read-peers.ts';
import { mockClient } from '#test/support/mock-client.ts';

const mock = mockClient(AutoScalingClient);
afterEach(() => {
  mock.reset();
});

const regionsAsked = async (): Promise<readonly string[]> =>
  Promise.all(
    mock
      .commandCalls(DescribeAutoScalingGroupsCommand)
      .map(({ thisValue }) => (thisValue as AutoScalingClient).config.region()),
  );

describe('reading the groups that others stand in for', () => {
  test('asks the Region that is named, by one client', async () => {
    mock.on(DescribeAutoScalingGroupsCommand).resolves({
      AutoScalingGroups: [
        {
          AutoScalingGroupName: 'web',
          MinSize: 1,
          MaxSize: 9,
          DesiredCapacity: 4,
          DefaultCooldown: 300,
          AvailabilityZones: [],
          HealthCheckType: 'EC2',
          CreatedTime: new Date(0),
        },
      ],
    });
    const read = readPeers();
    expect((await read('eu-west-1', ['web'])).get('web')).toMatchObject({ capacityDesired: 4 });
    await read('eu-west-1', ['api']);
    expect(await regionsAsked()).toEqual(['eu-west-1', 'eu-west-1']);
    const [first, second] = mock.commandCalls(DescribeAutoScalingGroupsCommand);
    expect(first?.thisValue).toBe(second?.thisValue);
    const client = first?.thisValue as AutoScalingClient | undefined;
    expect(await client?.config.maxAttempts()).toBe(1);
  });

  test('asks in the own Region when none is named', async () => {
    mock.on(DescribeAutoScalingGroupsCommand).resolves({ AutoScalingGroups: [] });
    process.env.AWS_REGION = 'us-east-1';
    expect(await readPeers()(undefined, ['web'])).toEqual(new Map());
    expect(await regionsAsked()).toEqual(['us-east-1']);
  });

  test('passes an error on', async () => {
    mock.on(DescribeAutoScalingGroupsCommand).rejects(new Error('connect ETIMEDOUT'));
    await expect(readPeers()('eu-west-1', ['web'])).rejects.toThrow('connect ETIMEDOUT');
  });

  test('waits for no Region that does not answer', async () => {
    mock.on(DescribeAutoScalingGroupsCommand).callsFake(() => new Promise(() => {}));
    await expect(readPeers(undefined, 20)('eu-west-1', ['web'])).rejects.toThrow(
      'no answer within 20 ms',
    );
  });
});
