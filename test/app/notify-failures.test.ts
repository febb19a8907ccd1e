import { describe, expect, test } from '@jest/globals';
import { notifyOperators } from '../../shared/app/notify-operators.ts';
import { seconds } from '../support/builders.ts';
import {
  aNotifyWorld,
  anAlarmEvent,
  anOutcome,
  anOutcomeOf,
  SLACK,
} from '../support/notify-world.ts';

const DONE = { kind: 'done' };
const ONLY_SLACK = { channels: [SLACK] };
const failed = (detail: string, afterSeconds?: number) =>
  ({ kind: 'failed', detail, ...(afterSeconds === undefined ? {} : { afterSeconds }) }) as const;
const UNCLEAR = { kind: 'unclear', detail: 'no answer within 5 s' } as const;
const REFUSED = { kind: 'refused', detail: 'Slack answered 404 no_service' } as const;

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
    expect(world.effects.at(-1)).toBe('end ops released');

    world.now += seconds(29);
    expect(await notifyOperators(ports)([anOutcome()])).toMatchObject([{ afterSeconds: 1 }]);
    expect(world.sent('ops')).toHaveLength(1);

    world.now += seconds(1);
    expect(await notifyOperators(ports)([anOutcome()])).toEqual([DONE]);
    expect(world.sent('ops')).toHaveLength(2);
  });

  test('leaves the wait to the queue when it names none', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    world.answers.ops?.push(failed('Slack answered 500'));

    const [disposition] = await notifyOperators(ports)([anOutcome()]);

    expect(disposition).toMatchObject({ kind: 'retry' });
    expect(disposition).not.toHaveProperty('afterSeconds');
    expect(await notifyOperators(ports)([anOutcome()])).toEqual([DONE]);
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

    expect(await notifyOperators(ports)([anOutcome()])).toEqual([DONE]);
    expect([world.sent('mail').length, world.sent('ops').length]).toEqual([1, 2]);
  });

  test('is not bothered with the rest of the batch, which waits as long', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    world.answers.ops?.push({ kind: 'sent' }, failed('Slack answered 429', 7));
    const batch = [1, 2, 3].map((number) => anOutcome({ decisionId: `web-${number}` }));

    expect(await notifyOperators(ports)(batch)).toMatchObject([
      DONE,
      { kind: 'retry', afterSeconds: 7 },
      {
        kind: 'retry',
        error: new Error('the channel ops failed or was slow before this message was tried'),
        afterSeconds: 7,
      },
    ]);
    expect(world.sent('ops')).toEqual(['send ops web-1', 'send ops web-2']);
  });

  test('that is slow is not bothered with the rest after 12 s', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    const send: typeof ports.send = (channel, message) => {
      world.now += seconds(6);
      return ports.send(channel, message);
    };
    const batch = [1, 2, 3].map((number) => anOutcome({ decisionId: `web-${number}` }));

    const [, second, third] = await notifyOperators({ ...ports, send })(batch);

    expect(second).toEqual(DONE);
    expect(third).toMatchObject({ kind: 'retry' });
    expect(third).not.toHaveProperty('afterSeconds');
  });

  test('the message comes back for the first of two channels that asked for a time', async () => {
    const { world, ports } = aNotifyWorld();
    world.answers.ops?.push(failed('busy', 60));
    world.answers.mail?.push(failed('busy', 20));
    expect(await notifyOperators(ports)([anOutcome()])).toMatchObject([{ afterSeconds: 20 }]);
  });

  test('the queue decides when one of two channels asked for no time', async () => {
    const { world, ports } = aNotifyWorld();
    world.answers.ops?.push(failed('busy', 60));
    world.answers.mail?.push(failed('down'));
    const [disposition] = await notifyOperators(ports)([anOutcome()]);
    expect(disposition).not.toHaveProperty('afterSeconds');
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
      ...{ kind: 'notice', ending: 'refused', reference: 'web-17', channel: 'ops' },
      detail: 'Slack answered 404 no_service',
    });
  });
});

describe('a channel that may have taken the message', () => {
  test.each(['scaled', 'replaced', 'held'] as const)('is not told again of %s', async (kind) => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    world.answers.ops?.push(UNCLEAR);

    expect(await notifyOperators(ports)([anOutcomeOf(kind)])).toEqual([DONE]);
    expect(await notifyOperators(ports)([anOutcomeOf(kind)])).toEqual([DONE]);

    expect(world.sent('ops')).toHaveLength(1);
    expect(world.notes).toEqual([
      {
        ...{ kind: 'notice', ending: 'uncertain', reference: 'web-17', channel: 'ops' },
        detail: 'no answer within 5 s',
      },
    ]);
  });

  test('is not told again of an alarm', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    world.answers.ops?.push(UNCLEAR);

    expect(await notifyOperators(ports)([anAlarmEvent(), anAlarmEvent()])).toMatchObject([
      DONE,
      { kind: 'retry' },
    ]);
    expect(await notifyOperators(ports)([anAlarmEvent()])).toEqual([DONE]);
    expect(world.sent('ops')).toHaveLength(1);
  });

  test.each(['at-max', 'blocked', 'failed'] as const)('is told again of %s', async (kind) => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    world.answers.ops?.push(UNCLEAR);

    expect(await notifyOperators(ports)([anOutcomeOf(kind)])).toMatchObject([{ kind: 'retry' }]);
    expect(await notifyOperators(ports)([anOutcomeOf(kind)])).toEqual([DONE]);

    expect(world.sent('ops')).toEqual(['send ops web-17', 'send ops web-17']);
  });

  test('is not bothered with the rest of the batch', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    world.answers.ops?.push(UNCLEAR);

    const batch = [anOutcome(), anOutcome({ decisionId: 'web-18' })];
    expect(await notifyOperators(ports)(batch)).toMatchObject([DONE, { kind: 'retry' }]);
    expect(world.sent('ops')).toHaveLength(1);
  });

  test('by throwing counts as one', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    const send = () => Promise.reject(new Error('a bug'));

    expect(await notifyOperators({ ...ports, send })([anOutcomeOf('failed')])).toEqual([
      {
        kind: 'retry',
        error: new Error('the channel ops did not take the message: a bug'),
      },
    ]);
    expect(world.effects.at(-1)).toBe('end ops released');
  });
});
