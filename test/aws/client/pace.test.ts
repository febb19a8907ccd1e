import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { describe, expect, test } from '@jest/globals';
import { paced, turnsAt } from '#aws/client/pace.ts';
import { READ_RATES } from '#aws/client/quotas.ts';

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
    const turn = turnsAt(READ_RATES.describeAutoScalingGroups, ports);
    await Promise.all(Array.from({ length: 100 }, turn));

    expect(slept).toHaveLength(90);
    expect(Math.max(...slept)).toBe(9_000);
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
      { perSecond: 10, burst: 1 },
      ports,
    );

    await expect(client.send(new DescribeAutoScalingGroupsCommand({}))).rejects.toThrow(
      'slow down',
    );
    expect({ slept, requests }).toEqual({ slept: [100, 200], requests: 3 });
  });
});

test('every rate has its source, and some of the quota is left to others', () => {
  for (const { source } of Object.values(READ_RATES)) {
    expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/.+\.html$/);
  }
  expect(READ_RATES.describeAlarms.perSecond).toBeLessThan(9);
});
