import { describe, expect, test } from '@jest/globals';
import { notifyOperators } from '#app/notify/notify-operators.ts';
import { aNotifyWorld, anAlarmEvent, anOutcome, SLACK } from '#test/support/notify-world.ts';

const DONE = { kind: 'done' };
const ONLY_SLACK = { channels: [SLACK] };

describe('who is told', () => {
  test('every channel that a route names, claimed before and marked after', async () => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);

    expect(await notifyOperators(ports)([anOutcome()])).toEqual([DONE]);

    expect(world.effects).toEqual(['save ops', 'send ops web-17', 'end ops web-17 sent']);
    expect(world.notes).toEqual([
      { kind: 'notice', ending: 'sent', reference: 'web-17', channel: 'ops', detail: '' },
    ]);
  });

  test('a channel that several routes name is told once', async () => {
    const routes = [
      { on: ['scaled'], to: ['ops', 'ops'] },
      { on: ['scaled', 'held'], to: ['ops'] },
    ] as const;
    const { world, ports } = aNotifyWorld({ routes });

    await notifyOperators(ports)([anOutcome()]);

    expect(world.sent('ops')).toHaveLength(1);
    expect(world.sent('mail')).toHaveLength(0);
  });

  test('each channel its own part of a batch', async () => {
    const routes = [
      { on: ['scaled'], to: ['ops'] },
      { on: ['failed'], to: ['mail'] },
    ] as const;
    const { world, ports } = aNotifyWorld({ routes });
    const failure = anOutcome({ kind: 'failed', decisionId: 'web-18' });
    world.answers.mail?.push({ kind: 'failed', detail: 'down' });

    expect(await notifyOperators(ports)([anOutcome(), failure])).toMatchObject([
      { kind: 'done' },
      { kind: 'retry' },
    ]);
    expect(world.sent('ops')).toEqual(['send ops web-17']);
    expect(world.sent('mail')).toEqual(['send mail web-18']);
  });

  test('nobody, when no route names the kind: it is noted and done', async () => {
    const { world, ports } = aNotifyWorld({ routes: [{ on: ['failed'], to: ['ops'] }] });

    expect(await notifyOperators(ports)([anOutcome()])).toEqual([DONE]);
    expect(world.effects).toEqual([]);
    expect(world.notes).toEqual([
      { kind: 'ignored', subject: 'web-17', detail: 'no route sends it to a channel' },
    ]);
  });

  test('nobody, when a new alarm gets its first data and is OK', async () => {
    const { world, ports } = aNotifyWorld();
    const born = anAlarmEvent({ previousState: 'INSUFFICIENT_DATA', state: 'OK' });

    expect(await notifyOperators(ports)([born])).toEqual([DONE]);
    expect(world.effects).toEqual([
      'end ops web-cpu-high needless',
      'end mail web-cpu-high needless',
    ]);
    expect(world.messages).toEqual([]);
  });

  test.each([
    ['ALARM out of a lack of data', { previousState: 'INSUFFICIENT_DATA', state: 'ALARM' }],
    ['OK after ALARM', { previousState: 'ALARM', state: 'OK' }],
  ] as const)('everybody, when an alarm turns %s', async (_, change) => {
    const { world, ports } = aNotifyWorld();

    await notifyOperators(ports)([anAlarmEvent(change)]);

    expect(world.sent('ops')).toEqual(['send ops web-cpu-high']);
    expect(world.sent('mail')).toEqual(['send mail web-cpu-high']);
  });

  test('no message at all is no work', async () => {
    const { ports } = aNotifyWorld();
    expect(await notifyOperators(ports)([])).toEqual([]);
  });
});

describe('once for each channel', () => {
  test('however often the message comes, in one batch or in several', async () => {
    const { world, ports } = aNotifyWorld();
    const news = anOutcome();

    expect(await notifyOperators(ports)([news, anOutcome(), news])).toEqual([DONE, DONE, DONE]);
    expect(await notifyOperators(ports)([anOutcome()])).toEqual([DONE]);

    expect(world.sent('ops')).toHaveLength(1);
    expect(world.sent('mail')).toHaveLength(1);
  });

  test.each([
    ['another decision', anOutcome({ decisionId: 'web-18' })],
    ['the same number after the ledger started again', anOutcome({ at: anOutcome().at + 1 })],
    ['a group whose id runs into that of another', anOutcome({ group: 'web-17', decisionId: 'x' })],
  ])('and again for %s', async (_, other) => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    await notifyOperators(ports)([anOutcome(), other]);
    expect(world.sent('ops')).toHaveLength(2);
  });

  test.each([
    ['another time', { at: anAlarmEvent().at + 1 }],
    ['another state', { state: 'OK' }],
    ['another contributor', { contributorId: 'b7c1' }],
    ['another alarm', { arn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:other' }],
  ] as const)('and again for %s of an alarm', async (_, change) => {
    const { world, ports } = aNotifyWorld(ONLY_SLACK);
    await notifyOperators(ports)([anAlarmEvent(), anAlarmEvent(change)]);
    expect(world.sent('ops')).toHaveLength(2);
  });
});
