import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { describe, expect, test } from '@jest/globals';
import { paced, turnsAt } from '#aws/client/pace.ts';
import { READ_RATES } from '#aws/client/quotas.ts';
import {
  HEAL_CONCURRENCY,
  SCALE_CONCURRENCY,
  SHARD_CONCURRENCY,
} from '#infrastructure/functions.ts';

/** A clock that stands still; what sleeps is noted with the time for which it would. */
const clock = () => {
  const slept: number[] = [];
  let time = 1_000;
  const ports = {
    now: () => time,
    sleep: async (ms: number) => {
      slept.push(ms);
    },
  };
  return {
    ports,
    slept,
    pass: (ms: number) => {
      time += ms;
    },
  };
};

const RATE = { perSecond: 10, burst: 3 };

describe('calls at a rate', () => {
  test('go at once as far as the burst, then one after the other', async () => {
    const { ports, slept } = clock();
    const turn = turnsAt(RATE, ports);
    for (let call = 0; call < 6; call += 1) await turn();

    expect(slept).toEqual([100, 200, 300]);
  });

  test('may use what has filled up meanwhile, and never more than the burst', async () => {
    const { ports, slept, pass } = clock();
    const turn = turnsAt(RATE, ports);
    for (let call = 0; call < 3; call += 1) await turn();
    pass(100);
    await turn();
    expect(slept).toEqual([]);
    await turn();
    expect(slept).toEqual([100]);

    pass(3_600_000);
    for (let call = 0; call < 4; call += 1) await turn();
    expect(slept).toEqual([100, 100]);
  });

  test('of a hundred pages of groups go in nine seconds', async () => {
    const { ports, slept } = clock();
    const turn = turnsAt(READ_RATES.sweep.DescribeAutoScalingGroups, ports);
    await Promise.all(Array.from({ length: 100 }, turn));

    expect(slept).toHaveLength(90);
    expect(Math.max(...slept)).toBe(9_000);
  });

  test('that would come too late are not waited for', async () => {
    const { ports, slept } = clock();
    const turn = turnsAt({ perSecond: 1, burst: 1, longestWaitMs: 2_000 }, ports);
    await Promise.all(Array.from({ length: 6 }, turn));

    expect(slept).toEqual([1_000, 2_000]);
  });

  test('are for calls that have a rate, and let others pass', async () => {
    const { ports, slept } = clock();
    const client = paced(
      new AutoScalingClient({
        region: 'eu-west-1',
        credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
        maxAttempts: 1,
        requestHandler: {
          handle: async () => {
            throw new Error('no answer');
          },
        },
      }),
      { DescribeWarmPool: { perSecond: 10, burst: 1 } },
      ports,
    );
    const ask = () => client.send(new DescribeAutoScalingGroupsCommand({})).catch(() => undefined);
    await Promise.all([ask(), ask(), ask()]);

    expect(slept).toEqual([]);
  });

  test('wait for each attempt of a call, not only for the first', async () => {
    const { ports, slept } = clock();
    let requests = 0;
    const client = paced(
      new AutoScalingClient({
        region: 'eu-west-1',
        credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
        maxAttempts: 3,
        requestHandler: {
          handle: async () => {
            requests += 1;
            throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
          },
        },
      }),
      { DescribeAutoScalingGroups: { perSecond: 10, burst: 1 } },
      ports,
    );

    await expect(client.send(new DescribeAutoScalingGroupsCommand({}))).rejects.toThrow(
      'slow down',
    );
    expect({ slept, requests }).toEqual({ slept: [100, 200], requests: 3 });
  });
});

test('every rate has its source', () => {
  for (const rates of Object.values(READ_RATES)) {
    for (const { source } of Object.values(rates)) {
      expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/.+\.html$/);
    }
  }
});

test('the sweep, its shards and all environments of scale together leave something of the 9 DescribeAlarms in a second', () => {
  const { sweep, shard, scale } = READ_RATES;
  const together =
    sweep.DescribeAlarms.perSecond +
    SHARD_CONCURRENCY * shard.DescribeAlarms.perSecond +
    SCALE_CONCURRENCY * scale.DescribeAlarms.perSecond;
  expect(together).toBeLessThan(9);
});

test('all environments of heal together leave something of what an account may ask of load balancers: 10 calls in a second, 40 at once', () => {
  const { perSecond, burst } = READ_RATES.heal.DescribeTargetHealth;
  expect(HEAL_CONCURRENCY * perSecond).toBeLessThan(10);
  expect(HEAL_CONCURRENCY * burst).toBeLessThan(40);
});

test('the shards together read as many groups in a second as a sweep does alone', () => {
  const { sweep, shard } = READ_RATES;
  const together = SHARD_CONCURRENCY * shard.DescribeAutoScalingGroups.perSecond;
  expect(together).toBeLessThanOrEqual(sweep.DescribeAutoScalingGroups.perSecond);
});
