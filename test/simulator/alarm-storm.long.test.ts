import { describe, expect, test } from '@jest/globals';
import { createRandom } from '#simulator/kernel/random.ts';
import { createTimeline } from '#simulator/kernel/timeline.ts';
import { createLimitedNetwork } from '#simulator/storm/limited-network.ts';
import { pageOf } from '#simulator/storm/page.ts';
import { QUOTAS } from '#simulator/storm/quotas.ts';
import { runStorm } from '#simulator/storm/storm.ts';
import { NOON } from '#test/support/builders.ts';

describe('a storm of alarms', () => {
  test.each([
    [10, 3],
    [120, 1],
  ])(
    'leaves every one of %d groups right, with each message delivered twice',
    async (groups, seed) => {
      const storm = await runStorm({ groups, seed });

      expect(storm).toMatchObject({
        groups,
        messages: 10 * groups,
        wrong: 0,
        deadLetters: 0,
        failed: 0,
      });
      expect(storm.slowestSeconds).toBeLessThan(30);
      expect(storm.requests.get('SetDesiredCapacity')?.taken).toBe(groups);
    },
    60_000,
  );

  test('is told as tables, with what was throttled', async () => {
    const storm = await runStorm({ groups: 2, seed: 1 });
    const page = pageOf([
      { ...storm, requests: new Map([['DescribeAlarms', { taken: 7, throttled: 3 }]]) },
    ]);

    expect(page).toContain('| 2 | 20 |');
    expect(page).toContain('| DescribeAlarms (9 a second) | 7, and 3 throttled |');
  });
});

describe('a network to services that throttle', () => {
  const setUp = () => {
    const timeline = createTimeline(NOON);
    const asked: string[] = [];
    const network = createLimitedNetwork({
      timeline,
      random: createRandom(1),
      latencyMs: 10,
      onRequest: (action, isThrottled) => asked.push(isThrottled ? `${action} throttled` : action),
    });
    const carry = (action: string, input: unknown, environment = 'a') =>
      network.carry(
        {
          invocation: { id: 'heal-1', functionName: 'heal' },
          environment,
          order: 1,
          action,
          input,
        },
        async () => 'answer',
        () => undefined,
      );
    return { timeline, asked, carry };
  };
  const names = (count: number) => Array.from({ length: count }, (_, index) => `alarm-${index}`);

  test('counts a request for each page of a hundred names, and for ten messages', async () => {
    const { timeline, asked, carry } = setUp();
    const answers = Promise.all([
      carry('DescribeAlarms', names(201)),
      carry('SendMessageBatch', names(11)),
    ]);
    await timeline.runUntil(NOON + 1_000);

    expect(await answers).toEqual(['answer', 'answer']);
    expect(asked.filter((each) => each === 'DescribeAlarms')).toHaveLength(3);
    expect(asked.filter((each) => each === 'SendMessageBatch')).toHaveLength(2);
  });

  test('refuses what goes beyond the quota, and lets a read through when it is tried again', async () => {
    const { timeline, asked, carry } = setUp();
    const { burst } = QUOTAS.DescribeAlarms;
    const answer = carry('DescribeAlarms', names(100 * (burst + 1)));
    await timeline.runUntil(NOON + 5_000);

    expect(await answer).toBe('answer');
    expect(asked).toContain('DescribeAlarms throttled');
    expect(asked.filter((each) => each === 'DescribeAlarms')).toHaveLength(burst + 1);
  });

  test('answers a change that it throttles as a refusal, for it is tried once', async () => {
    const { timeline, carry } = setUp();
    const { burst } = QUOTAS.SetDesiredCapacity;
    const answers = Promise.all(
      Array.from({ length: burst + 1 }, () => carry('SetDesiredCapacity', { name: 'web' })),
    );
    await timeline.runUntil(NOON + 1_000);

    expect((await answers).at(-1)).toEqual({
      kind: 'refused',
      reason: 'Throttled',
      detail: 'Rate exceeded',
    });
  });
});
