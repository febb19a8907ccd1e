import { describe, expect, test } from '@jest/globals';
import { notifyOperators } from '#app/notify/notify-operators.ts';
import type { NotifyPorts } from '#app/notify/ports.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import { seconds } from '#test/support/builders.ts';
import { aNotifyWorld, anOutcome } from '#test/support/notify-world.ts';

const FLUSH = { kind: 'flush' } as const;
const GONE = { kind: 'broken', detail: 'Slack answered 410' } as const;
const TO_OPS = [{ on: ['failed'], to: ['ops'] }] as const;
const failed = (id: string, group = 'web'): Outcome =>
  anOutcome({ decisionId: id, kind: 'failed', group });

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Ports of an invocation that is killed at its n-th write, which has its effect or not. */
const dying = (ports: NotifyPorts, at: number, hasEffect: boolean) => {
  let writes = 0;
  const orDie =
    <A extends readonly unknown[], R>(write: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      writes += 1;
      if (writes < at) return write(...args);
      if (writes === at && hasEffect) await write(...args);
      return new Promise<R>(() => {});
    };
  const { enqueue, open, save, commit, close } = ports.outbox;
  return {
    writes: () => writes,
    ports: {
      ...ports,
      send: orDie(ports.send),
      outbox: {
        ...ports.outbox,
        enqueue: orDie(enqueue),
        open: orDie(open),
        save: orDie(save),
        commit: orDie(commit),
        close: orDie(close),
      },
    },
  };
};

/** A channel that was found broken with news of two groups still in its line, whose messages nobody has any more. */
const aBrokenLine = async () => {
  const { world, ports } = aNotifyWorld({ routes: TO_OPS });
  world.answers.ops = [GONE, GONE];
  await notifyOperators(ports)([failed('x')]);
  world.now += seconds(5);
  // Its own message is told elsewhere; what comes next finds a broken channel.
  await notifyOperators(ports)([failed('x')]);
  const items = [failed('y'), failed('z', 'api')].map((news) => ({
    key: news.decisionId,
    news,
    since: world.now,
    fallbacks: ['mail'],
  }));
  await world.outbox.enqueue('ops', items);
  return { world, ports };
};

const toldOf = (messages: readonly Readonly<{ reference: string }>[], id: string): number =>
  messages.filter(({ reference }) => reference === id).length;

const POINTS = Array.from({ length: 16 }, (_, index) =>
  [false, true].map((hasEffect) => ({
    at: index + 1,
    hasEffect,
  })),
).flat();

describe('a flush that is killed while news changes channel', () => {
  test.each(POINTS)(
    'at write $at, done: $hasEffect, has lost nothing',
    async ({ at, hasEffect }) => {
      const { world, ports } = await aBrokenLine();
      const death = dying(ports, at, hasEffect);
      await Promise.race([notifyOperators(death.ports)([FLUSH]), settled()]);

      // Whoever held a channel keeps others away for a minute; the sweep calls every minute.
      for (let calls = 0; calls < 3; calls += 1) {
        world.now += seconds(61);
        await notifyOperators(ports)([FLUSH]);
      }
      for (const id of ['y', 'z']) {
        const times = toldOf(world.messages, id);
        expect(times).toBeGreaterThanOrEqual(1);
        expect(times).toBeLessThanOrEqual(2);
      }
      expect(await world.outbox.isEmpty('ops')).toBe(true);
      expect(await world.outbox.isEmpty('mail')).toBe(true);
    },
  );

  test('is tested beyond its last write', async () => {
    const { ports } = await aBrokenLine();
    const whole = dying(ports, 1_000, true);
    await notifyOperators(whole.ports)([FLUSH]);

    expect(whole.writes()).toBeGreaterThan(5);
    expect(whole.writes()).toBeLessThan(16);
  });
});

describe('news of several groups', () => {
  const news = ['web', 'api', 'jobs'].map((group) => failed(`${group}-1`, group));

  test('is told of the others when one of its messages is refused', async () => {
    const { world, ports } = aNotifyWorld({ routes: TO_OPS });
    world.answers.ops = [{ kind: 'sent' }, { kind: 'refused', detail: '400' }];
    expect(await notifyOperators(ports)(news)).toEqual(news.map(() => ({ kind: 'done' })));
    expect(world.endings()).toEqual(['ops api-1 sent', 'ops jobs-1 refused', 'ops web-1 sent']);
  });

  test('comes back as a whole but is told only of those whose message failed', async () => {
    const { world, ports } = aNotifyWorld({ routes: TO_OPS });
    world.answers.ops = [{ kind: 'sent' }, { kind: 'failed', detail: '500' }];
    expect(await notifyOperators(ports)(news)).toMatchObject([
      { kind: 'retry' },
      { kind: 'done' },
      { kind: 'retry' },
    ]);
    world.now += seconds(20);
    expect(await notifyOperators(ports)(news)).toEqual(news.map(() => ({ kind: 'done' })));
    expect(world.messages.map(({ reference }) => reference)).toEqual([
      ...['api-1', 'jobs-1'],
      ...['jobs-1', 'web-1'],
    ]);
  });

  test('that goes to two channels is told on one although the other fails', async () => {
    const { world, ports } = aNotifyWorld({ routes: [{ on: ['failed'], to: ['ops', 'mail'] }] });
    world.answers.ops = [{ kind: 'failed', detail: '500' }];
    await notifyOperators(ports)(news);
    expect(world.sent('mail')).toHaveLength(3);
    world.now += seconds(20);
    await notifyOperators(ports)(news);
    expect(world.sent('mail')).toHaveLength(3);
    expect(
      world.endings().filter((each) => each.startsWith('ops') && each.endsWith('sent')),
    ).toHaveLength(3);
  });
});
