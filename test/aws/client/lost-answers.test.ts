import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, describe, expect, test } from '@jest/globals';
import { markUnhealthy } from '#aws/auto-scaling/mark-unhealthy.ts';
import { setCapacity } from '#aws/auto-scaling/set-capacity.ts';
import { release, standBy } from '#aws/auto-scaling/stand-by.ts';
import { ACTING_ATTEMPTS, actingOptions, clientOptions } from '#aws/client/client-options.ts';
import { deregister, register } from '#aws/load-balancing/load-balancing.ts';
import type { Answer } from '#domain/ledger/outcome.ts';
import { CPU_HIGH, NOON, seconds, TARGET_GROUP_ARN } from '#test/support/builders.ts';
import { aServiceThat, type Turn } from '#test/support/hanging-up-server.ts';
import { aScaleWorld, request, turn } from '#test/support/scale-world.ts';

type Service = Awaited<ReturnType<typeof aServiceThat>>;

const open: Service[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((service) => service.close()));
});

const start = async (...turns: readonly [Turn, ...Turn[]]): Promise<Service> => {
  const service = await aServiceThat(...turns);
  open.push(service);
  return service;
};

/** The two ways to make clients: those of the handlers that act, and those that read and try again. */
const clientsOf = ({ found }: Service, mayTryAgain = false) => {
  const groups = new AutoScalingClient({ ...clientOptions, ...found });
  const targets = new ElasticLoadBalancingV2Client({ ...clientOptions, ...found });
  return mayTryAgain
    ? { groups, targets }
    : {
        groups: new AutoScalingClient({ ...actingOptions(groups), ...found }),
        targets: new ElasticLoadBalancingV2Client({ ...actingOptions(targets), ...found }),
      };
};

type Clients = ReturnType<typeof clientsOf>;
type Act = Readonly<{
  action: string;
  refusal: string;
  act: (clients: Clients) => Promise<Answer>;
}>;

const target = { targetGroupArn: TARGET_GROUP_ARN, targetId: 'i-1', port: 80 };
const ACTS: readonly Act[] = [
  {
    action: 'SetDesiredCapacity',
    refusal: 'ScalingActivityInProgress',
    act: ({ groups }) => setCapacity(groups)('web-prod', 6),
  },
  {
    action: 'SetInstanceHealth',
    refusal: 'ResourceContention',
    act: ({ groups }) => markUnhealthy(groups)('i-1'),
  },
  {
    action: 'EnterStandby',
    refusal: 'ValidationError',
    act: ({ groups }) =>
      standBy(groups)({ autoScalingGroup: 'web-prod', instanceId: 'i-1', isReplaced: true }),
  },
  {
    action: 'TerminateInstanceInAutoScalingGroup',
    refusal: 'ScalingActivityInProgress',
    act: ({ groups }) => release(groups)('i-1'),
  },
  {
    action: 'DeregisterTargets',
    refusal: 'InvalidTarget',
    act: ({ targets }) => deregister(targets)({ ...target, cause: '' }),
  },
  {
    action: 'RegisterTargets',
    refusal: 'Throttling',
    act: ({ targets }) => register(targets)(target),
  },
];

describe.each(ACTS)('$action', ({ action, refusal, act }) => {
  test('that was applied and got no answer is unknown, and was asked for once', async () => {
    const service = await start('hangs up', { refuses: refusal });

    await expect(act(clientsOf(service))).rejects.toThrow();
    expect(service.asked).toEqual([action]);
  });

  test('that AWS refuses at the first attempt is refused', async () => {
    const service = await start({ refuses: refusal });

    expect(await act(clientsOf(service))).toMatchObject({ kind: 'refused' });
    expect(service.asked).toEqual([action]);
  });

  test('is unknown after a fault of AWS itself', async () => {
    const service = await start({ refuses: 'InternalFailure', status: 500 });

    await expect(act(clientsOf(service))).rejects.toThrow();
    expect(service.asked).toEqual([action]);
  });

  test('is unknown, too, when a client that tries again is refused at the second attempt', async () => {
    const service = await start('hangs up', { refuses: refusal });

    await expect(act(clientsOf(service, true))).rejects.toMatchObject({
      name: expect.stringContaining(refusal),
    });
    expect(new Set(service.asked)).toEqual(new Set([action]));
    expect(service.asked.length).toBeGreaterThan(1);
  });
});

test('a client that acts shares the connections of the one that reads', () => {
  const reading = new AutoScalingClient({ ...clientOptions, region: 'eu-central-1' });

  expect(actingOptions(reading)).toEqual({
    ...clientOptions,
    maxAttempts: ACTING_ATTEMPTS,
    requestHandler: reading.config.requestHandler,
  });
  expect(ACTING_ATTEMPTS).toBe(1);
});

describe('a capacity that was set, whose answer was lost below the SDK', () => {
  const setUp = async () => {
    const service = await start('hangs up', { refuses: 'ScalingActivityInProgress' });
    const set = setCapacity(clientsOf(service).groups);
    const { world, scale } = aScaleWorld();
    world.around = async <T>(port: string, call: () => Promise<T>): Promise<T> => {
      const answer = await call();
      return port === 'set' ? ((await set('web-prod', 6)) as T) : answer;
    };
    return { service, world, scale };
  };

  test('is ours: it is told once as done, begins the cooldown, and is not followed by another', async () => {
    const { service, world, scale } = await setUp();

    expect(await scale(turn(world, CPU_HIGH))).toMatchObject([{ kind: 'retry' }]);
    expect(world.published).toEqual([]);
    world.now = NOON + seconds(60);
    await scale(request('web'));

    expect(service.asked).toEqual(['SetDesiredCapacity']);
    expect(world.sets).toEqual([{ name: 'web-prod', capacity: 6 }]);
    expect(world.published.map(({ kind, decisionId }) => `${decisionId} ${kind}`)).toEqual([
      'web-1 scaled',
      'web-3 held',
    ]);
    expect(world.head()?.lastScaleOut).toMatchObject({ from: 4, to: 6 });
  });
});
