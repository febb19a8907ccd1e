import { describe, expect, test } from '@jest/globals';
import { notifyOperators } from '#app/notify/notify-operators.ts';
import { minutes, seconds } from '#test/support/builders.ts';
import {
  aNotifyWorld,
  anAlarmEvent,
  anOutcome,
  anOutcomeOf,
  SLACK,
} from '#test/support/notify-world.ts';

const DONE = { kind: 'done' };
const ONLY_SLACK = { channels: [SLACK] };
const failed = (detail: string, afterSeconds?: number) =>
  ({ kind: 'failed', detail, ...(afterSeconds === undefined ? {} : { afterSeconds }) }) as const;
const UNCLEAR = { kind: 'unclear', detail: 'no answer within 5 s' } as const;
const REFUSED = { kind: 'refused', detail: 'Slack answered 400 invalid_payload' } as const;
const three = [1, 2, 3].map((number) => anOutcome({ decisionId: `web-${number}` }));

describe('a channel that certainly failed', () => {
  test('is tried again when it asked to be, and not before', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    world.answers.ops?.push(failed('Slack answered 429', 30));

    expect(await notifyOperators(ports)([anOutcome()])).toEqual([
      {
        kind: 'retry',
        error: new Error('the channel ops did not take the message: Slack answered 429'),
        afterSeconds: 30,
      },
    ]);

    world.now += seconds(29);
    expect(await notifyOperators(ports)([anOutcome()])).toMatchObject([{ afterSeconds: 1 }]);
    expect(world.sent('ops')).toHaveLength(1);

    world.now += seconds(1);
    expect(await notifyOperators(ports)([anOutcome()])).toEqual([DONE]);
    expect(world.sent('ops')).toHaveLength(2);
  });

  test('rests twice as long each time when it names no time, up to 15 minutes', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    const waits: unknown[] = [];
    for (let time = 0; time < 8; time += 1) {
      world.answers.ops?.push(failed('Slack answered 500'));
      const [disposition] = await notifyOperators(ports)([anOutcome()]);
      const wait = disposition?.kind === 'retry' ? (disposition.afterSeconds ?? 0) : 0;
      waits.push(wait);
      world.now += seconds(wait);
    }

    expect(waits).toEqual([15, 30, 60, 120, 240, 480, 900, 900]);
  });

  test.each([
    [900, 900],
    [901, 900],
  ])('asking for %d s waits %d s', async (asked, waited) => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    world.answers.ops?.push(failed('busy', asked));
    expect(await notifyOperators(ports)([anOutcome()])).toMatchObject([{ afterSeconds: waited }]);
  });

  test('delays no other channel, and only it is tried again', async () => {
    const { world, ports } = aNotifyWorld();
    world.answers.ops?.push(failed('Slack answered 500'));
    expect(await notifyOperators(ports)([anOutcome()])).toMatchObject([{ kind: 'retry' }]);
    expect(world.sent('mail')).toHaveLength(1);

    world.now += seconds(15);
    expect(await notifyOperators(ports)([anOutcome()])).toEqual([DONE]);
    expect([world.sent('mail').length, world.sent('ops').length]).toEqual([1, 2]);
  });

  test('is not bothered with the rest of the batch, which waits for its turn', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    world.answers.ops?.push({ kind: 'sent' }, failed('Slack answered 429', 7));

    expect(await notifyOperators(ports)(three)).toMatchObject([
      DONE,
      { kind: 'retry', afterSeconds: 7 },
      { kind: 'retry', afterSeconds: 8 },
    ]);
    expect(world.sent('ops')).toEqual(['send ops web-1', 'send ops web-2']);
  });

  test('and takes messages again gets what waited for over two minutes in one', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    world.answers.ops?.push(failed('Slack answered 503', 180));
    await notifyOperators(ports)(three);
    world.now += minutes(3);

    expect(await notifyOperators(ports)(three)).toEqual([DONE, DONE, DONE]);
    expect(world.messages.at(-1)).toMatchObject({
      title: '3 messages',
      text: expect.stringMatching(/^09:00 web scaled out from 4 to 6\n/),
      fields: [{ name: 'web', value: '3 × scaled' }],
      reference: 'web-1, web-2, web-3',
    });
  });

  test('that is slow is not bothered with the rest after 12 s', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    const send: typeof ports.send = (channel, message) => {
      world.now += seconds(6);
      return ports.send(channel, message);
    };

    const [, second, third] = await notifyOperators({ ...ports, send })(three);
    expect(second).toEqual(DONE);
    expect(third).toMatchObject({ kind: 'retry', isExpected: true });
  });

  test('the message comes back for the first of two channels that asked for a time', async () => {
    const { world, ports } = aNotifyWorld();
    world.answers.ops?.push(failed('busy', 60));
    world.answers.mail?.push(failed('busy', 20));
    expect(await notifyOperators(ports)([anOutcome()])).toMatchObject([{ afterSeconds: 20 }]);
  });
});

describe('a channel that will never take the message', () => {
  test('is given up and noted, and the rest of the batch is tried', async () => {
    const { world, ports } = aNotifyWorld();
    world.answers.ops?.push(REFUSED);

    const batch = [anOutcomeOf('failed'), anOutcome({ decisionId: 'web-18' })];
    expect(await notifyOperators(ports)(batch)).toEqual([DONE, DONE]);
    expect(await notifyOperators(ports)(batch)).toEqual([DONE, DONE]);

    expect(world.sent('ops')).toEqual(['send ops web-17', 'send ops web-18']);
    expect(world.sent('mail')).toHaveLength(2);
    expect(world.notes).toContainEqual({
      kind: 'notice',
      ending: 'refused',
      reference: 'web-17',
      channel: 'ops',
      detail: 'Slack answered 400 invalid_payload',
    });
  });
});

describe('a channel that may have taken the message', () => {
  test.each(['scaled', 'replaced', 'held'] as const)('is not told again of %s', async (kind) => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    world.answers.ops?.push(UNCLEAR);

    expect(await notifyOperators(ports)([anOutcomeOf(kind)])).toEqual([DONE]);
    world.now += minutes(1);
    expect(await notifyOperators(ports)([anOutcomeOf(kind)])).toEqual([DONE]);

    expect(world.sent('ops')).toHaveLength(1);
    expect(world.notes).toEqual([
      {
        kind: 'notice',
        ending: 'uncertain',
        reference: 'web-17',
        channel: 'ops',
        detail: 'no answer within 5 s',
      },
    ]);
  });

  test('is not told again of an alarm', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    world.answers.ops?.push(UNCLEAR);
    expect(await notifyOperators(ports)([anAlarmEvent(), anAlarmEvent()])).toEqual([DONE, DONE]);
    expect(world.sent('ops')).toHaveLength(1);
  });

  test.each(['at-max', 'blocked', 'failed'] as const)('is told again of %s', async (kind) => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    world.answers.ops?.push(UNCLEAR);

    expect(await notifyOperators(ports)([anOutcomeOf(kind)])).toMatchObject([{ kind: 'retry' }]);
    world.now += seconds(15);
    expect(await notifyOperators(ports)([anOutcomeOf(kind)])).toEqual([DONE]);

    expect(world.sent('ops')).toEqual(['send ops web-17', 'send ops web-17']);
  });

  test('by throwing counts as one', async () => {
    const { ports } = aNotifyWorld(ONLY_SLACK);
    const send = () => Promise.reject(new Error('a bug'));

    expect(await notifyOperators({ ...ports, send })([anOutcomeOf('failed')])).toEqual([
      {
        kind: 'retry',
        afterSeconds: 15,
        error: new Error('the channel ops did not take the message: a bug'),
      },
    ]);
  });
});

describe('a memory that fails', () => {
  const broken = () => Promise.reject(new Error('DynamoDB is throttled'));

  test.each(['enqueue', 'open', 'save'] as const)(
    'at %s: nothing is sent, and the message is tried again',
    async (name) => {
      const { world, ports } = aNotifyWorld(ONLY_SLACK);
      const outbox = { ...ports.outbox, [name]: broken };

      expect(await notifyOperators({ ...ports, outbox })([anOutcomeOf('scaled')])).toEqual([
        { kind: 'retry', error: new Error('DynamoDB is throttled') },
      ]);
      expect(world.sent('ops')).toEqual([]);
    },
  );

  test('at the end of what was sent: the message is done', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    const outbox = { ...ports.outbox, commit: broken };

    expect(await notifyOperators({ ...ports, outbox })([anOutcomeOf('failed')])).toEqual([DONE]);
    expect(world.sent('ops')).toHaveLength(1);
  });

  test('at the end of what was not: the message is tried again', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    world.answers.ops?.push(REFUSED);
    const outbox = { ...ports.outbox, commit: broken };

    expect(await notifyOperators({ ...ports, outbox })([anOutcomeOf('failed')])).toMatchObject([
      {
        kind: 'retry',
        error: new Error('what became of ops could not be written down'),
      },
    ]);
  });

  test('at letting the channel go: others wait until its minute is over', async () => {
    const { ports, world } = aNotifyWorld(ONLY_SLACK);
    const outbox = { ...ports.outbox, close: broken };
    expect(await notifyOperators({ ...ports, outbox })([anOutcome()])).toEqual([DONE]);

    const [, next] = three;
    const news = next === undefined ? [] : [next];
    expect(await notifyOperators(ports)(news)).toEqual([
      {
        kind: 'retry',
        afterSeconds: 5,
        isExpected: true,
        error: new Error('somebody else is speaking on ops'),
      },
    ]);
    world.now += minutes(1);
    expect(await notifyOperators(ports)(news)).toEqual([DONE]);
  });

  test.each(['save', 'commit'] as const)(
    'that says at %s that somebody else has the channel: it is tried again',
    async (name) => {
      const { ports } = aNotifyWorld(ONLY_SLACK);
      const outbox = { ...ports.outbox, [name]: async () => false };
      const [disposition] = await notifyOperators({ ...ports, outbox })([anOutcomeOf('failed')]);

      // What was sent is done, whoever has the channel by now.
      expect(disposition?.kind).toBe(name === 'save' ? 'retry' : 'done');
    },
  );
});
