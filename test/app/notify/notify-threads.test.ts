import { describe, expect, test } from '@jest/globals';
import { notifyOperators } from '#app/notify/notify-operators.ts';
import type { NotifyPorts } from '#app/notify/ports.ts';
import type { Channel } from '#domain/configuration/channel.ts';
import { minutes, NOON, seconds } from '#test/support/builders.ts';
import { aNotifyWorld, anOutcome, EMAIL } from '#test/support/notify-world.ts';

const DONE = { kind: 'done' };
const FLUSH = { kind: 'flush' } as const;
const GONE = { kind: 'broken', detail: 'Slack answered 410 channel_is_archived' } as const;
const TO_OPS = [{ on: ['scaled', 'failed'], to: ['ops'] }] as const;
const scaled = (id: string) => anOutcome({ decisionId: id });
const failed = (id: string) => anOutcome({ decisionId: id, kind: 'failed' });

const setUp = (overrides: Partial<NotifyPorts['configuration']> = {}) => {
  const { world, ports } = aNotifyWorld({ routes: TO_OPS, ...overrides });
  return { world, ports, tell: notifyOperators(ports) };
};

describe('what belongs together', () => {
  const bot: Channel = {
    kind: 'slack-bot',
    name: 'ops',
    tokenParameter: '/t',
    conversation: 'C024BE91L',
    origin: 'https://slack.com',
  };

  test('is one thread where the channel keeps threads', async () => {
    const { tell, world } = setUp({ channels: [bot] });
    world.answers.ops = [
      { kind: 'sent', sentAs: '1.0' },
      { kind: 'sent', sentAs: '1.0' },
      { kind: 'sent', sentAs: '2.0' },
    ];
    await tell([failed('a')]);
    world.now += minutes(90);
    await tell([anOutcome({ decisionId: 'b', at: NOON + 1 })]);
    await tell([anOutcome({ decisionId: 'c', at: NOON + 2 })]);

    expect(world.threads).toEqual([undefined, expect.objectContaining({ root: '1.0' }), undefined]);
  });

  test('is not asked for anywhere else, nor for what is gathered', async () => {
    const { tell, world } = setUp({
      channels: [EMAIL],
      routes: [{ on: ['scaled'], to: ['mail'] }],
    });
    const readThread = () => Promise.reject(new Error('nobody asked'));
    Object.assign(world.outbox, { readThread });
    expect(await tell([scaled('a')])).toEqual([DONE]);
  });
});

const PAGER: Channel = {
  kind: 'pagerduty',
  name: 'ops',
  keyParameter: '/key',
  origin: 'https://events.pagerduty.com',
};

describe('PagerDuty', () => {
  test('hears of an end again that it perhaps did not hear of', async () => {
    const { tell, world } = setUp({ channels: [PAGER], routes: [{ on: ['failed'], to: ['ops'] }] });
    world.answers.ops = [{ kind: 'unclear', detail: 'no answer' }];
    expect(await tell([scaled('a')])).toMatchObject([{ kind: 'retry' }]);
    world.now += minutes(1);
    expect(await tell([scaled('a')])).toEqual([DONE]);
    expect(world.sent('ops')).toHaveLength(2);
  });

  test('keeps ends for the time when it works again', async () => {
    const { tell, world } = setUp({
      channels: [PAGER, EMAIL],
      routes: [{ on: ['failed'], to: ['ops'] }],
    });
    world.answers.ops = [GONE, GONE];
    await tell([failed('x'), scaled('y')]);
    world.now += seconds(5);
    expect(await tell([failed('x'), scaled('y')])).toMatchObject([DONE, { kind: 'retry' }]);
    expect(world.sent('mail')).toEqual(['send mail x']);
    world.now += minutes(15);
    expect(await tell([FLUSH])).toEqual([DONE]);
    expect(world.sent('ops').at(-1)).toBe('send ops y');
  });

  test('is told nothing that neither opens nor ends an incident', async () => {
    const { tell, world } = setUp({
      channels: [PAGER],
      routes: [{ on: ['foreign'], to: ['ops'] }],
    });
    await tell([anOutcome({ kind: 'foreign', reason: 'ForeignChange' })]);
    expect(world.sent('ops')).toEqual([]);
  });
});

describe('what a thread waits for', () => {
  const bot: Channel = {
    kind: 'slack-bot',
    name: 'ops',
    tokenParameter: '/t',
    conversation: 'C024BE91L',
    origin: 'https://slack.com',
  };

  test('is told there by itself, and the rest in one message', async () => {
    const routes = [
      { on: ['failed'], to: ['ops'] },
      { on: ['scaled'], to: ['ops'], digestSeconds: 60 },
    ] as const;
    const { tell, world } = setUp({ channels: [bot], routes });
    world.answers.ops = [
      { kind: 'sent', sentAs: '1.0' },
      { kind: 'sent', sentAs: '1.0' },
    ];
    await tell([failed('x')]);
    const others = ['a', 'b'].map((id) => anOutcome({ decisionId: id, group: 'api' }));
    await tell([scaled('y'), ...others]);
    world.now += minutes(1);
    await tell([FLUSH]);

    expect(world.sent('ops')).toEqual(['send ops x', 'send ops y', 'send ops a, b']);
    expect(world.threads).toEqual([undefined, expect.objectContaining({ root: '1.0' }), undefined]);
  });
});

describe('a thread that cannot be looked up', () => {
  test('loses nothing: the message is tried again', async () => {
    const bot: Channel = {
      kind: 'slack-bot',
      name: 'ops',
      tokenParameter: '/t',
      conversation: 'C024BE91L',
      origin: 'https://slack.com',
    };
    const { tell, world, ports } = setUp({ channels: [bot] });
    const readThread = () => Promise.reject(new Error('throttled'));
    const throttled = { ...ports, outbox: { ...ports.outbox, readThread } };
    expect(await notifyOperators(throttled)([scaled('a')])).toMatchObject([{ kind: 'retry' }]);
    expect(await tell([scaled('a')])).toEqual([DONE]);
    expect(world.endings()).toEqual(['ops a sent']);
  });
});
