import { describe, expect, test } from '@jest/globals';
import { scaleGroups } from '#app/capacity/scale-groups.ts';
import type { QueueBatch } from '#domain/lane/batch.ts';
import { newHealHead, newScaleHead } from '#domain/ledger/head.ts';
import { missedAlarms } from '#domain/sweep/decide-sweep.ts';
import type { EvaluationMessage } from '#domain/sweep/evaluation-message.ts';
import {
  aGroup,
  alarmOf,
  CPU_HIGH,
  CPU_LOW,
  minutes,
  NOON,
  seconds,
} from '#test/support/builders.ts';
import { aScaleWorld, request, turn } from '#test/support/scale-world.ts';

const DONE = { kind: 'done' };

const setUp = (...args: Parameters<typeof aScaleWorld>) => {
  const { world, ports } = aScaleWorld(...args);
  const environment = () => scaleGroups(ports);
  const at = (secondsLater: number): void => {
    world.now = NOON + seconds(secondsLater);
  };
  const decided = () => world.notesOf('decided').length;
  return { world, environment, at, decided };
};

/** A batch whose messages all came at the same time. */
const batch = (sentAt: number, isFull = true): QueueBatch<EvaluationMessage> => ({
  isFull,
  sentAt: () => sentAt,
});

describe('a copy of a message', () => {
  test('is answered by the look of its environment, without a call', async () => {
    const { world, environment, at, decided } = setUp();
    const scale = environment();
    const message = turn(world, CPU_HIGH);
    await scale([message], batch(NOON, false));
    const calls = world.calls.length;
    at(1);

    expect(await scale([message], batch(NOON, false))).toEqual([DONE]);
    expect(world.calls).toHaveLength(calls);
    expect(decided()).toBe(1);
    expect(world.notesOf('answered')).toEqual([{ kind: 'answered', messages: 1, of: 1 }]);
  });

  test('is answered by the look of another environment when the batch is full', async () => {
    const { world, environment, decided } = setUp();
    const message = turn(world, CPU_HIGH);
    await environment()([message], batch(NOON));
    expect(world.looks.get('web')).toEqual({
      began: NOON,
      promptedAt: NOON,
      alarms: [
        { name: CPU_HIGH.alarm.name, since: NOON },
        { name: CPU_LOW.alarm.name, since: NOON - seconds(12) },
      ],
    });

    await environment()([message], batch(NOON));
    expect(decided()).toBe(1);
  });

  test('is looked at in another environment when the batch is not full, and nobody asks the table', async () => {
    const { world, environment, decided } = setUp();
    const message = turn(world, CPU_HIGH);
    await environment()([message], batch(NOON));
    world.calls.length = 0;
    await environment()([message], batch(NOON, false));

    expect(decided()).toBe(2);
    expect(world.calls.filter((port) => port.startsWith('looks'))).toEqual([]);
  });
});

describe('a full batch of requests', () => {
  test('of a calm minute, when the sweep sends them together, neither reads nor writes what all remember', async () => {
    const { world, environment, at, decided } = setUp();
    at(1);
    await environment()([request('web')], batch(NOON));

    expect(decided()).toBe(1);
    expect(world.calls.filter((port) => port.startsWith('looks'))).toEqual([]);
  });

  test('in which somebody has waited is one of a storm', async () => {
    const { world, environment, at, decided } = setUp();
    at(30);
    await environment()([request('web')], batch(NOON));
    expect(world.looks.get('web')).toMatchObject({ began: NOON + seconds(30) });

    at(40);
    await environment()([request('web')], batch(NOON + seconds(20)));
    expect(decided()).toBe(1);
  });
});

describe('a look', () => {
  test('that failed answers nothing', async () => {
    const { world, environment } = setUp();
    const message = turn(world, CPU_HIGH);
    world.around = (port, call) =>
      port === 'set' ? Promise.reject(new Error('no answer')) : call();
    const scale = environment();
    expect(await scale([message], batch(NOON))).toMatchObject([{ kind: 'retry' }]);

    expect(world.looks.size).toBe(0);
    await scale([message], batch(NOON));
    expect(world.notesOf('answered')).toEqual([]);
  });

  test('at a change that AWS throttled answers nothing', async () => {
    const { world, environment } = setUp();
    world.answers.push({ kind: 'refused', reason: 'Throttled', detail: 'Rate exceeded' });
    await environment()([turn(world, CPU_HIGH)], batch(NOON));

    expect(world.looks.size).toBe(0);
  });

  test('at a decision that is in flight elsewhere answers nothing', async () => {
    const { world, environment } = setUp();
    const scale = environment();
    const message = turn(world, CPU_HIGH);
    world.around = (port, call) => (port === 'set' ? new Promise(() => undefined) : call());
    const killed = scale([message], batch(NOON));
    await new Promise((resolve) => setTimeout(resolve, 5));

    expect(await scale([message], batch(NOON))).toEqual([DONE]);
    expect(world.notesOf('coalesced')).toHaveLength(1);
    expect(world.looks.size).toBe(0);
    expect(killed).toBeInstanceOf(Promise);
  });

  test('of the sweep that saw an alarm firing is followed by one for its message', async () => {
    const { world, environment, at } = setUp();
    const message = turn(world, CPU_HIGH);
    const scale = environment();
    at(10);
    await scale([request('web')], batch(NOON + seconds(10)));
    expect(world.head()?.heardAlarms).toEqual([]);

    await scale([message], batch(NOON));
    expect(world.notesOf('answered')).toEqual([]);
    expect(world.head()?.heardAlarms).toEqual([CPU_HIGH.alarm.name]);

    const view = {
      now: NOON + minutes(3),
      group: aGroup(),
      alarms: new Map([[CPU_HIGH.alarm.name, alarmOf(CPU_HIGH, { since: NOON })]]),
      scaleHead: world.head() ?? newScaleHead,
      healHead: newHealHead,
    };
    expect(missedAlarms(view)).toEqual([]);
  });

  test('answers the requests that came before it, and not those after it', async () => {
    const { world, environment, at, decided } = setUp();
    const scale = environment();
    at(30);
    await scale([request('web')], batch(NOON + seconds(30)));
    await scale([request('web')], batch(NOON + seconds(20)));
    expect(decided()).toBe(1);

    await scale([request('web')], batch(NOON + seconds(31)));
    expect(decided()).toBe(2);
    expect(world.notesOf('answered')).toEqual([{ kind: 'answered', messages: 1, of: 1 }]);
  });

  test('lets only those messages end that it answers, when they come together', async () => {
    const groups = ['web', 'api'].map((name) =>
      aGroup({ name, autoScalingGroup: `${name}-prod`, rules: [CPU_HIGH] }),
    );
    const { world, environment, at } = setUp(groups);
    const scale = environment();
    await scale([request('web')], batch(NOON));
    at(20);
    world.calls.length = 0;
    const ends = await scale([request('web'), request('api')], batch(NOON - seconds(10)));

    expect(ends).toEqual([DONE, DONE]);
    expect(world.notesOf('decided').map(({ decision }) => decision.group)).toEqual(['web', 'api']);
    expect(world.notesOf('answered')).toEqual([{ kind: 'answered', messages: 1, of: 2 }]);
  });
});

describe('looks that cannot be', () => {
  test('read answer nothing, and the batch is looked at', async () => {
    const { world, environment, decided } = setUp();
    const message = turn(world, CPU_HIGH);
    await environment()([message], batch(NOON));
    world.around = (port, call) =>
      port === 'looksRead' ? Promise.reject(new Error('throttled')) : call();
    expect(await environment()([message], batch(NOON))).toEqual([DONE]);

    expect(decided()).toBe(2);
    expect(world.notesOf('look-failed')).toEqual([
      { kind: 'look-failed', group: 'the looks of before', error: new Error('throttled') },
    ]);
  });

  test('written do no harm', async () => {
    const { world, environment } = setUp();
    world.around = (port, call) =>
      port === 'looksWrite' ? Promise.reject(new Error('throttled')) : call();

    expect(await environment()([turn(world, CPU_HIGH)], batch(NOON))).toEqual([DONE]);
    expect(world.notesOf('look-failed')).toHaveLength(1);
  });
});

test('an environment remembers no more than twenty thousand looks', async () => {
  const { answerByLooks } = await import('#app/lane/answer-by-looks.ts');
  const { keep, find } = answerByLooks({
    looks: { read: async () => new Map(), write: async () => undefined },
    note: () => undefined,
    now: () => NOON,
  });
  const few = batch(NOON, false);
  const ended = Array.from({ length: 20_001 }, (_, index) => ({
    group: `g${index}`,
    began: NOON,
    prompts: [],
    alarms: [],
  }));
  await keep(ended, { known: new Map(), isStorm: false });
  const asked = ['g0', 'g1'].map((name) => ({ message: request(name), groups: [{ name }] }));

  expect([...(await find(asked, few)).known.keys()]).toEqual(['g1']);
});
