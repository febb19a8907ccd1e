import { describe, expect, test } from '@jest/globals';
import { notifyOperators } from '#app/notify/notify-operators.ts';
import type { NotifyPorts } from '#app/notify/ports.ts';
import type { Channel } from '#domain/configuration/channel.ts';
import { minutes, NOON, seconds } from '#test/support/builders.ts';
import { aNotifyWorld, anAlarmEvent, anOutcome, SLACK } from '#test/support/notify-world.ts';

const DONE = { kind: 'done' };
const FLUSH = { kind: 'flush' } as const;
const GONE = { kind: 'broken', detail: 'Slack answered 410 channel_is_archived' } as const;
const TO_OPS = [{ on: ['scaled', 'failed'], to: ['ops'] }] as const;
const scaled = (id: string) => anOutcome({ decisionId: id });
const failed = (id: string) => anOutcome({ decisionId: id, kind: 'failed' });
const titles = ({ messages }: Readonly<{ messages: readonly { title: string }[] }>) =>
  messages.map(({ title }) => title);

const setUp = (overrides: Partial<NotifyPorts['configuration']> = {}) => {
  const { world, ports } = aNotifyWorld({ routes: TO_OPS, ...overrides });
  return { world, ports, tell: notifyOperators(ports) };
};

describe('a channel with a budget of two messages an hour', () => {
  const channels: readonly Channel[] = [{ ...SLACK, perHour: 2 }];

  test('gets two, everything that is urgent, and the rest in one when the next hour begins', async () => {
    const { tell, world } = setUp({ channels });
    const news = [scaled('a'), failed('x'), scaled('b'), scaled('c'), scaled('d')];
    expect(await tell(news)).toEqual([DONE, DONE, DONE, DONE, DONE]);
    expect(world.endings()).toEqual(['ops a sent', 'ops b sent', 'ops x sent']);
    expect(world.messages[1]?.text).toMatch(
      /\n\nThis is message 2 of this hour: until 2026-03-02 10:00 UTC only what is urgent comes/,
    );

    world.now += minutes(59);
    await tell([FLUSH]);
    expect(world.messages).toHaveLength(3);
    world.now += minutes(1);
    expect(await tell([FLUSH])).toEqual([DONE]);
    expect(titles(world).at(-1)).toMatch(/^2 messages/);
    expect(world.notes.at(-1)).toMatchObject({ ending: 'sent', detail: 'in one message of 2' });
  });

  test('pays for what perhaps arrived, and not for what certainly did not', async () => {
    const { tell, world } = setUp({ channels });
    world.answers.ops = [
      { kind: 'failed', detail: '500', afterSeconds: 1 },
      { kind: 'sent' },
      { kind: 'unclear', detail: 'no answer' },
    ];
    for (const id of ['a', 'a', 'b', 'c']) {
      await tell([scaled(id)]);
      world.now += minutes(1);
    }
    expect(world.endings()).toEqual(['ops a postponed', 'ops a sent', 'ops b uncertain']);
  });
});

describe('a route that gathers', () => {
  const routes = [
    { on: ['scaled', 'failed'], to: ['ops'], digestSeconds: 600 },
    { on: ['scaled'], to: ['mail'] },
  ] as const;

  test('tells once for each window, and what is urgent at once', async () => {
    const { tell, world } = setUp({ routes });
    expect(await tell([scaled('a'), failed('x')])).toEqual([DONE, DONE]);
    world.now += minutes(5);
    await tell([scaled('b')]);
    expect(world.sent('ops')).toEqual(['send ops x']);
    expect(world.sent('mail')).toEqual(['send mail a', 'send mail b']);

    world.now += minutes(5);
    await tell([FLUSH]);
    expect(world.sent('ops')).toEqual(['send ops x', 'send ops a, b']);
    await tell([FLUSH]);
    expect(world.messages).toHaveLength(4);
  });

  test('tells one piece of news by itself', async () => {
    const { tell, world } = setUp({ routes });
    await tell([scaled('a')]);
    world.now += minutes(10);
    await tell([FLUSH]);
    expect(titles(world)[1]).toBe('web scaled out from 4 to 6');
  });

  test('gathers nothing that another route tells at once', async () => {
    const both = [...routes, { on: ['scaled'], to: ['ops'] }] as const;
    const { tell, world } = setUp({ routes: both });
    await tell([scaled('a')]);
    expect(world.sent('ops')).toEqual(['send ops a']);
  });
});

describe('quiet hours', () => {
  const quiet = {
    kind: 'recurring',
    start: '0 9 * * *',
    end: '30 9 * * *',
    timezone: 'UTC',
  } as const;
  const channels: readonly Channel[] = [{ ...SLACK, quiet }];

  test('let through what is critical, and the rest afterwards in one message', async () => {
    const { tell, world } = setUp({ channels });
    world.now += 1;
    expect(await tell([scaled('a'), failed('x'), scaled('b')])).toEqual([DONE, DONE, DONE]);
    expect(world.sent('ops')).toEqual(['send ops x']);

    world.now = NOON + minutes(30);
    await tell([FLUSH]);
    expect(world.sent('ops')).toEqual(['send ops x', 'send ops a, b']);
  });
});

describe('a broken channel', () => {
  const broken = async (overrides: Partial<NotifyPorts['configuration']> = {}) => {
    const it = setUp(overrides);
    it.world.answers.ops = [GONE, GONE];
    const news = [scaled('a'), failed('x'), scaled('b')];
    const doubts = await it.tell(news);
    it.world.now += seconds(5);
    return { ...it, doubts, answers: await it.tell(news) };
  };

  test('is asked twice, told of once, and what is urgent goes to the next one', async () => {
    const { tell, world, doubts, answers } = await broken();
    expect(doubts).toMatchObject([1, 2, 3].map(() => ({ kind: 'retry' })));
    expect(doubts[0]).toMatchObject({ afterSeconds: 5 });
    expect(answers).toEqual([DONE, DONE, DONE]);
    expect(world.endings()).toEqual([
      ...['ops a postponed', 'ops a postponed', 'ops x failed-over'],
      'mail x sent',
    ]);
    expect(world.retold).toEqual([
      {
        kind: 'channel',
        channel: 'ops',
        isBroken: true,
        detail: GONE.detail,
        at: NOON + seconds(5),
      },
    ]);
    expect(world.notes).toContainEqual({
      kind: 'channel',
      channel: 'ops',
      isBroken: true,
      detail: GONE.detail,
    });

    await tell([failed('y'), scaled('c')]);
    expect(world.sent('mail')).toEqual(['send mail x', 'send mail y']);
    expect(world.retold).toHaveLength(1);
  });

  test('that comes as news is told by the next one, and by nobody if there is none', async () => {
    const { tell, world } = await broken();
    expect(await tell([...world.retold])).toEqual([DONE]);
    expect(titles(world).at(-1)).toBe('The channel ops takes no messages: somebody must look');
    expect(world.sent('mail').at(-1)).toBe('send mail ops');

    const alone = setUp({ channels: [SLACK] });
    expect(await alone.tell([...world.retold])).toEqual([DONE]);
    expect(alone.world.notes).toMatchObject([{ kind: 'ignored', subject: 'ops' }]);
  });

  test('that says so once and takes the next message has lost and told nothing', async () => {
    const { tell, world } = setUp();
    world.answers.ops = [GONE];
    await tell([scaled('a'), failed('x')]);
    world.now += seconds(5);
    expect(await tell([scaled('a'), failed('x')])).toEqual([DONE, DONE]);
    expect(world.endings()).toEqual(['ops a postponed', 'ops a sent', 'ops x sent']);
    expect(world.retold).toEqual([]);
  });

  test('is tried again after 15 minutes, and then told in one message what waited', async () => {
    const { tell, world } = await broken();
    world.now += minutes(15) - 1;
    expect(await tell([scaled('c'), FLUSH])).toEqual([DONE, DONE]);
    expect(world.sent('ops')).toHaveLength(2);

    world.now += 1;
    expect(await tell([scaled('d')])).toEqual([DONE]);
    expect(world.sent('ops').at(-1)).toBe('send ops a, b, c, d');
    expect(world.messages.at(-1)?.text).toMatch(
      /This channel took no messages since 2026-03-02 09:00 UTC. What waited comes in one message; nothing was dropped\.$/,
    );
    expect(world.retold.at(-1)).toEqual({
      kind: 'channel',
      channel: 'ops',
      isBroken: false,
      detail: '0 messages were dropped',
      at: world.now,
    });
  });

  test('is found to work again by a flush, and what is urgent there comes before the rest', async () => {
    const { tell, world } = await broken({ channels: [SLACK] });
    world.now += minutes(15);
    const fresh = anOutcome({ decisionId: 'e', at: world.now });
    await tell([fresh]);
    await tell([FLUSH]);
    expect(world.sent('ops').slice(2)).toEqual(['send ops a, b, e', 'send ops x']);
  });

  test('keeps what waits for a day, and counts what it drops then', async () => {
    const { tell, world } = await broken();
    world.now = NOON + minutes(24 * 60);
    world.answers.ops = [GONE];
    await tell([scaled('c')]);
    expect(world.endings().filter((each) => each.endsWith('dropped'))).toEqual([]);

    world.now += 1;
    await tell([FLUSH]);
    expect(world.endings().slice(-2)).toEqual(['ops a dropped', 'ops b dropped']);
    world.now += minutes(15);
    await tell([FLUSH]);
    expect(world.sent('ops').at(-1)).toBe('send ops c');
    expect(world.messages.at(-1)?.text).toMatch(
      /What waited comes in one message; 2 were dropped\.$/,
    );
  });

  test('that is still broken then is not told of again', async () => {
    const { tell, world } = await broken();
    world.now += minutes(15);
    world.answers.ops = [GONE];
    expect(await tell([failed('y')])).toEqual([DONE]);
    expect(world.retold).toHaveLength(1);
    expect(world.sent('mail').at(-1)).toBe('send mail y');
  });

  test('without another one keeps what is urgent, and tries it again', async () => {
    const { tell, world, answers } = await broken({ channels: [SLACK] });
    expect(answers).toMatchObject([DONE, { kind: 'retry', afterSeconds: 900 }, DONE]);
    world.now += minutes(15);
    expect(await tell([failed('x')])).toEqual([DONE]);
    expect(world.sent('ops').at(-1)).toBe('send ops x');
  });

  test('while all others are broken, too, loses nothing that is urgent, and ends', async () => {
    const { tell, world } = setUp({ routes: [{ on: ['failed'], to: ['ops', 'mail'] }] });
    world.answers.ops = [GONE, GONE];
    world.answers.mail = [GONE, GONE];
    await tell([failed('x')]);
    world.now += seconds(5);
    const [first] = await tell([failed('x')]);
    expect(first).toMatchObject({ kind: 'retry' });

    world.now += minutes(15);
    expect(await tell([failed('x')])).toEqual([DONE]);
    expect(world.messages.filter(({ reference }) => reference === 'x').length).toBeGreaterThan(2);
  });

  test('is found again when the news of it could not be sent', async () => {
    const { tell, world, ports } = setUp();
    const down = { ...ports, retell: () => Promise.reject(new Error('SQS is down')) };
    world.answers.ops = [GONE, GONE, GONE];
    await tell([failed('x')]);
    world.now += seconds(5);
    expect(await notifyOperators(down)([failed('x')])).toMatchObject([{ kind: 'retry' }]);
    expect(world.endings()).toEqual(['ops x postponed']);

    world.now += minutes(1);
    expect(await tell([failed('x')])).toEqual([DONE]);
    expect(world.retold).toHaveLength(1);
  });

  test('that works again has told its message, even if nobody can be told of that', async () => {
    const { world, ports } = await broken();
    world.now += minutes(15);
    const down = { ...ports, retell: () => Promise.reject(new Error('SQS is down')) };
    expect(await notifyOperators(down)([scaled('c')])).toEqual([DONE]);
    expect(world.endings().slice(-3)).toEqual(['ops a sent', 'ops b sent', 'ops c sent']);
  });

  test('is found by a flush as well', async () => {
    const { tell, world } = setUp({ routes: [{ on: ['scaled'], to: ['ops'], digestSeconds: 60 }] });
    await tell([scaled('a')]);
    world.answers.ops = [GONE, GONE];
    for (const wait of [minutes(1), seconds(5)]) {
      world.now += wait;
      expect(await tell([FLUSH])).toEqual([DONE]);
    }
    expect(world.endings()).toEqual(['ops a postponed', 'ops a postponed']);
    expect(world.retold).toHaveLength(1);
  });
});

describe('what goes to another channel', () => {
  test('is in line there before it is gone from here', async () => {
    const { tell, world, ports } = setUp();
    world.answers.ops = [GONE, GONE];
    await tell([failed('x')]);
    world.now += seconds(5);
    const enqueue: typeof ports.outbox.enqueue = (channel, items) =>
      channel === 'mail'
        ? Promise.reject(new Error('throttled'))
        : ports.outbox.enqueue(channel, items);
    const throttled = { ...ports, outbox: { ...ports.outbox, enqueue } };
    expect(await notifyOperators(throttled)([failed('x')])).toMatchObject([{ kind: 'retry' }]);
    expect(await notifyOperators(ports)([failed('x')])).toEqual([DONE]);
    expect(world.sent('mail')).toEqual(['send mail x']);
  });
});

describe('the pace', () => {
  test('is five at once, then one a second', async () => {
    const { tell, world } = setUp();
    const news = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(scaled);
    const answers = await tell(news);
    expect(answers.slice(4)).toEqual([
      DONE,
      ...[1, 2].map((afterSeconds) => ({
        kind: 'retry',
        afterSeconds,
        isExpected: true,
        error: new Error('it is not its turn yet'),
      })),
    ]);
    world.now += 1_000;
    await tell([scaled('f')]);
    expect(world.sent('ops')).toHaveLength(6);
  });
});

test('a message about news and a flush in one batch are both dealt with', async () => {
  const { tell, world } = setUp();
  expect(await tell([FLUSH, scaled('a'), anAlarmEvent()])).toEqual([DONE, DONE, DONE]);
  expect(world.sent('ops')).toEqual(['send ops a']);
});
