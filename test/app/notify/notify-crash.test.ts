import { describe, expect, test } from '@jest/globals';
import { notifyOperators } from '#app/notify/notify-operators.ts';
import type { NotifyPorts } from '#app/notify/ports.ts';
import { isUrgent } from '#domain/notify/news.ts';
import { NOON, seconds } from '#test/support/builders.ts';
import { aNotifyWorld, anAlarmEvent, anOutcomeOf, SLACK } from '#test/support/notify-world.ts';

const DONE = { kind: 'done' };
const ONLY_SLACK = { channels: [SLACK] };
const NEWS = [
  ...(['scaled', 'replaced', 'held', 'at-max', 'blocked', 'failed'] as const).map(anOutcomeOf),
  anAlarmEvent(),
];

/**
 * An invocation that is killed at its n-th call of a port: the call has its effect or not, and its
 * answer never comes.
 */
const dying = (ports: NotifyPorts, at: number, hasEffect: boolean): NotifyPorts => {
  let calls = 0;
  const orDie =
    <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      calls += 1;
      if (calls < at) return call(...args);
      if (calls === at && hasEffect) await call(...args);
      return new Promise<R>(() => {});
    };
  const { enqueue, open, save, commit, close } = ports.outbox;

  return {
    ...ports,
    outbox: {
      ...ports.outbox,
      enqueue: orDie(enqueue),
      open: orDie(open),
      save: orDie(save),
      commit: orDie(commit),
      close: orDie(close),
    },
    send: orDie(ports.send),
  };
};

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** The moments to die at, and how often urgent and other news is sent in all. */
const MOMENTS = [
  { at: 1, hasEffect: false, moment: 'before it is in line', urgent: 1, other: 1 },
  { at: 1, hasEffect: true, moment: 'once it is in line', urgent: 1, other: 1 },
  { at: 2, hasEffect: true, moment: 'once it has the channel', urgent: 1, other: 1 },
  { at: 3, hasEffect: false, moment: 'before it sets out', urgent: 1, other: 1 },
  { at: 3, hasEffect: true, moment: 'once it has set out', urgent: 1, other: 0 },
  { at: 4, hasEffect: true, moment: 'once it has sent', urgent: 2, other: 1 },
  { at: 5, hasEffect: false, moment: 'before it writes that down', urgent: 2, other: 1 },
  { at: 5, hasEffect: true, moment: 'once it has written that down', urgent: 1, other: 1 },
  { at: 6, hasEffect: false, moment: 'before it lets the channel go', urgent: 1, other: 1 },
];
const CRASHES = NEWS.flatMap((news) => MOMENTS.map((each) => ({ ...each, news, kind: news.kind })));

describe('an invocation that is killed', () => {
  test.each(CRASHES)('$moment of $kind: the next one ends it', async (crash) => {
    const { at, hasEffect, news, urgent, other } = crash;
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    await Promise.race([notifyOperators(dying(ports, at, hasEffect))([news]), settled()]);

    world.now += seconds(60);
    expect(await notifyOperators(ports)([news])).toEqual([DONE]);
    expect(await notifyOperators(ports)([news])).toEqual([DONE]);

    expect(world.sent('ops')).toHaveLength(isUrgent(news) ? urgent : other);
  });

  test.each(CRASHES)('$moment of $kind: a flush ends it, too', async (crash) => {
    const { at, hasEffect, news } = crash;
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    await Promise.race([notifyOperators(dying(ports, at, hasEffect))([news]), settled()]);

    world.now += seconds(60);
    expect(await notifyOperators(ports)([{ kind: 'flush' }])).toEqual([DONE]);
    expect(await world.outbox.isEmpty('ops')).toBe(true);
  });

  test('keeps its channel for 60 s', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    const news = anOutcomeOf('failed');
    await Promise.race([notifyOperators(dying(ports, 3, true))([news]), settled()]);

    world.now += seconds(59);
    expect(await notifyOperators(ports)([news])).toEqual([
      {
        kind: 'retry',
        afterSeconds: 5,
        isExpected: true,
        error: new Error('somebody else is speaking on ops'),
      },
    ]);
    expect(world.sent('ops')).toEqual([]);
  });

  test('leaves word of what nobody knows about', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    await Promise.race([
      notifyOperators(dying(ports, 3, true))([anOutcomeOf('scaled')]),
      settled(),
    ]);

    world.now += seconds(60);
    const batch = [anOutcomeOf('scaled'), anAlarmEvent()];
    expect(await notifyOperators(ports)(batch)).toEqual([DONE, DONE]);
    expect(world.sent('ops')).toEqual(['send ops web-cpu-high']);
    expect(world.endings()).toEqual(['ops web-17 uncertain', 'ops web-cpu-high sent']);
  });

  test('has perhaps told that an alarm is over: that it fired before that is no news any more', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    await notifyOperators(ports)([anAlarmEvent({ at: NOON - seconds(120) })]);
    const end = anAlarmEvent({ state: 'OK', previousState: 'ALARM', at: NOON });
    await Promise.race([notifyOperators(dying(ports, 4, true))([end]), settled()]);

    world.now += seconds(60);
    const late = anAlarmEvent({ at: NOON - seconds(60) });
    expect(await notifyOperators(ports)([late])).toEqual([DONE]);
    expect(world.messages.map(({ title }) => title)).toEqual([
      'Alarm web-cpu-high is firing',
      'Alarm web-cpu-high is OK',
    ]);
    expect(world.endings().slice(1)).toEqual([
      'ops web-cpu-high uncertain',
      'ops web-cpu-high needless',
    ]);
  });

  test('is succeeded by one heir, not by two', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    const news = anOutcomeOf('blocked');
    await Promise.race([notifyOperators(dying(ports, 3, true))([news]), settled()]);

    world.now += seconds(60);
    const heirs = await Promise.all([1, 2].map(() => notifyOperators(ports)([news])));

    expect(world.sent('ops')).toHaveLength(1);
    expect(
      heirs
        .flat()
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['done', 'retry']);
  });

  test('and wakes once somebody else has the channel touches nothing', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    let wake = (): void => undefined;
    const asleep = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const send: typeof ports.send = async (channel, message) => {
      await asleep;
      return ports.send(channel, message);
    };
    const sleeper = notifyOperators({ ...ports, send })([anOutcomeOf('failed')]);
    await settled();
    world.now += seconds(60);
    await notifyOperators(ports)([anOutcomeOf('failed')]);
    wake();

    expect(await sleeper).toEqual([DONE]);
    expect(world.endings().filter((each) => each.endsWith('sent'))).toHaveLength(2);
  });
});
