import { describe, expect, test } from '@jest/globals';
import { notifyOperators } from '../../shared/app/notify-operators.ts';
import type { NotifyPorts } from '../../shared/app/notify-ports.ts';
import { isUrgent } from '../../shared/domain/news.ts';
import { seconds } from '../support/builders.ts';
import { aNotifyWorld, anAlarmEvent, anOutcomeOf, SLACK } from '../support/notify-world.ts';

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
  const { claim, takeOver, end } = ports.notices;

  return {
    ...ports,
    notices: { claim: orDie(claim), takeOver: orDie(takeOver), end: orDie(end) },
    send: orDie(ports.send),
  };
};

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** The moments to die at, and how often urgent and other news is sent in all. */
const MOMENTS = [
  { at: 1, hasEffect: false, moment: 'before the claim', urgent: 1, other: 1 },
  { at: 1, hasEffect: true, moment: 'after the claim', urgent: 1, other: 0 },
  { at: 2, hasEffect: false, moment: 'before sending', urgent: 1, other: 0 },
  { at: 2, hasEffect: true, moment: 'after sending', urgent: 2, other: 1 },
  { at: 3, hasEffect: false, moment: 'before the mark', urgent: 2, other: 1 },
  { at: 3, hasEffect: true, moment: 'after the mark', urgent: 1, other: 1 },
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

  test('is given 60 s before anybody touches what it has claimed', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    const news = anOutcomeOf('failed');
    await Promise.race([notifyOperators(dying(ports, 2, false))([news]), settled()]);

    world.now += seconds(59);
    expect(await notifyOperators(ports)([news])).toEqual([
      {
        kind: 'retry',
        error: new Error('web-17 cannot be sent to ops yet'),
        afterSeconds: 1,
      },
    ]);
    expect(world.sent('ops')).toEqual([]);
  });

  test('does not close its channel for the rest of a later batch', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    await Promise.race([
      notifyOperators(dying(ports, 2, false))([anOutcomeOf('scaled')]),
      settled(),
    ]);

    world.now += seconds(60);
    const batch = [anOutcomeOf('scaled'), anAlarmEvent()];
    expect(await notifyOperators(ports)(batch)).toEqual([DONE, DONE]);
    expect(world.sent('ops')).toEqual(['send ops web-cpu-high']);
  });

  test('is succeeded by one heir, not by two', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    const news = anOutcomeOf('blocked');
    await Promise.race([notifyOperators(dying(ports, 2, false))([news]), settled()]);

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
});

describe('a memory that fails', () => {
  const broken = () => Promise.reject(new Error('DynamoDB is throttled'));

  test('at the claim: nothing is sent, and the message is tried again', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    const notices = { ...ports.notices, claim: broken };

    expect(await notifyOperators({ ...ports, notices })([anOutcomeOf('scaled')])).toEqual([
      { kind: 'retry', error: new Error('DynamoDB is throttled') },
    ]);
    expect(world.effects).toEqual([]);
  });

  test('at the mark of what was sent: the message is done', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    const notices = { ...ports.notices, end: broken };

    expect(await notifyOperators({ ...ports, notices })([anOutcomeOf('failed')])).toEqual([DONE]);
    expect(world.sent('ops')).toHaveLength(1);
  });

  test('at the mark of what was not: the message is tried again', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    world.answers.ops?.push({ kind: 'refused', detail: 'no' });
    const notices = { ...ports.notices, end: broken };

    expect(await notifyOperators({ ...ports, notices })([anOutcomeOf('failed')])).toEqual([
      { kind: 'retry', error: new Error('DynamoDB is throttled') },
    ]);
  });
});
