import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { notifyOperators } from '#app/notify/notify-operators.ts';
import type { Channel } from '#domain/configuration/channel.ts';
import type { Delivery } from '#domain/notify/notice.ts';
import type { AlarmEvent, AlarmForm, AlarmState } from '#domain/observed/alarm.ts';
import { aNotifyWorld, anAlarmEvent, anOutcome, EMAIL, SLACK } from '#test/support/notify-world.ts';
import { runs } from '#test/support/runs.ts';

const MINUTE = 60_000;
const PAGERDUTY: Channel = {
  kind: 'pagerduty',
  name: 'ops',
  keyParameter: '/key',
  origin: 'https://events.pagerduty.com',
};

/** The messages of an alarm that goes through these states after its birth, minute by minute. */
const messagesOf = (
  states: readonly AlarmState[],
  overrides: Partial<AlarmEvent> = {},
): readonly AlarmEvent[] =>
  states.flatMap((state, index) => {
    const previousState = states[index - 1] ?? 'INSUFFICIENT_DATA';
    const { at } = anAlarmEvent();
    return state === previousState
      ? []
      : [anAlarmEvent({ ...overrides, state, previousState, at: at + index * MINUTE })];
  });

/** The messages on incidents of one channel, each in an invocation of its own or all in one batch. */
const phasesOf = async (
  messages: readonly AlarmEvent[],
  { channel = SLACK as Channel, isBatch = false, answers = [] as readonly Delivery[] } = {},
): Promise<readonly string[]> => {
  const { world, ports } = aNotifyWorld({
    channels: [channel],
    routes: [{ on: ['alarm'], to: [channel.name] }],
  });
  world.answers[channel.name] = [...answers];
  if (isBatch) await notifyOperators(ports)(messages);
  for (const message of isBatch ? [] : messages) {
    world.now = message.at;
    await notifyOperators(ports)([message]);
  }
  return world.messages
    .map(({ incident }) => incident.phase)
    .filter((phase) => phase === 'opened' || phase === 'closed');
};

describe('an alarm that was told', () => {
  test('and loses its data before it is OK is over then', async () => {
    const messages = messagesOf(['OK', 'ALARM', 'INSUFFICIENT_DATA', 'OK']);

    expect(await phasesOf(messages)).toEqual(['opened', 'closed']);
  });

  test('is not told to fire any more by an older message that came while its end was told', async () => {
    const [firing, over] = messagesOf(['INSUFFICIENT_DATA', 'ALARM', 'OK']);
    const other = anAlarmEvent({
      name: 'api-cpu-high',
      arn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:api-cpu-high',
      at: (over?.at ?? 0) - 45_000,
    });
    const late = { ...(firing as AlarmEvent), at: (over?.at ?? 0) - MINUTE / 2 };
    const { world, ports } = aNotifyWorld({
      channels: [SLACK],
      routes: [{ on: ['alarm'], to: ['ops'] }],
    });
    await notifyOperators(ports)([firing as AlarmEvent]);
    world.answers.ops = [{ kind: 'failed', detail: 'down' }];
    await notifyOperators(ports)([other, over as AlarmEvent]);
    world.now += 5 * MINUTE;
    await notifyOperators(ports)([late]);

    // The second was tried, and failed; with the end it is told in one message.
    expect(world.messages.map(({ incident }) => `${incident.key} ${incident.phase}`)).toEqual([
      'alarm/web-cpu-high opened',
      'alarm/api-cpu-high opened',
      'digest noted',
    ]);
    expect(world.effects.filter((effect) => effect.endsWith('needless'))).toEqual([
      'end ops web-cpu-high needless',
    ]);
  });

  test('is not told to fire any more by an older message, though its end was refused', async () => {
    const [, firing, over] = messagesOf(['OK', 'ALARM', 'OK']);
    const again = messagesOf(['OK', 'ALARM', 'OK', 'ALARM', 'OK']);
    const [late, end] = again.slice(-2);
    const refused: Delivery = { kind: 'refused', detail: '400' };

    expect(
      await phasesOf([firing!, over!, end!, late!], {
        answers: [{ kind: 'sent' }, { kind: 'sent' }, refused],
      }),
    ).toEqual(['opened', 'closed', 'closed']);
  });

  test('is over as well when only its alarms and its ends are published', async () => {
    const messages = messagesOf(['OK', 'ALARM', 'INSUFFICIENT_DATA', 'OK']).filter(
      ({ state }) => state !== 'INSUFFICIENT_DATA',
    );

    expect(await phasesOf(messages, { channel: PAGERDUTY })).toEqual(['opened', 'closed']);
  });

  test('and is over is not over again when it next gets data', async () => {
    const messages = messagesOf(['ALARM', 'OK', 'INSUFFICIENT_DATA', 'OK']);

    expect(await phasesOf(messages)).toEqual(['opened', 'closed']);
  });

  test('and ends twice while its channel takes nothing has its end told when it does again', async () => {
    const [opening, , first, , second] = messagesOf([
      'ALARM',
      'INSUFFICIENT_DATA',
      'OK',
      'INSUFFICIENT_DATA',
      'OK',
    ]) as readonly AlarmEvent[];
    const { world, ports } = aNotifyWorld({
      channels: [SLACK],
      routes: [{ on: ['alarm'], to: ['ops'] }],
    });
    await notifyOperators(ports)([opening!]);
    const down: Delivery = { kind: 'failed', detail: 'down' };
    world.answers.ops = [down, down];
    for (const end of [first!, second!]) {
      world.now = end.at;
      await notifyOperators(ports)([end]);
    }
    expect(world.endings()).not.toContain('ops web-cpu-high needless');

    world.now += 30 * MINUTE;
    await notifyOperators(ports)([anAlarmEvent({ name: 'other', arn: 'other', at: world.now })]);
    expect(world.endings().filter((ending) => ending === 'ops web-cpu-high sent')).toHaveLength(3);
  });

  test('and was perhaps told has an end', async () => {
    const messages = messagesOf(['ALARM', 'INSUFFICIENT_DATA', 'OK']);
    const answers: readonly Delivery[] = [{ kind: 'unclear', detail: 'no answer' }];

    expect(await phasesOf(messages, { answers })).toEqual(['opened', 'closed']);
  });

  test('is told apart from other news that waits beside it', async () => {
    const { world, ports } = aNotifyWorld({ channels: [SLACK] });
    const messages = messagesOf(['ALARM', 'INSUFFICIENT_DATA', 'OK']);
    await notifyOperators(ports)([anOutcome({ at: anAlarmEvent().at - 1 }), ...messages]);

    expect(world.endings()).toEqual([
      'ops web-17 sent',
      ...messages.map(() => 'ops web-cpu-high sent'),
    ]);
  });

  test('only after its own end is not told, for nobody would end it', async () => {
    const [opening, end] = messagesOf(['ALARM', 'OK']) as readonly [AlarmEvent, AlarmEvent];

    expect(await phasesOf([end, opening])).toEqual(['closed']);
    expect(await phasesOf([end, opening], { isBatch: true })).toEqual(['opened', 'closed']);
  });

  test('on another channel only, because this one was broken, has its end told here', async () => {
    const { world, ports } = aNotifyWorld({
      channels: [SLACK, EMAIL],
      routes: [{ on: ['alert'], to: ['ops'] }],
      alerts: [
        {
          name: 'errors',
          group: 'web',
          alarm: 'web-cpu-high',
          severity: 'critical',
          condition: {
            text: 'errors > 1 for 5m',
            metric: 'errors',
            comparison: '>',
            threshold: 1,
            datapoints: 5,
            periods: 5,
          },
        },
      ],
    });
    const [opening, , end] = messagesOf(['ALARM', 'INSUFFICIENT_DATA', 'OK']);
    const gone: Delivery = { kind: 'broken', detail: '410' };
    world.answers.ops?.push(gone, gone);
    await notifyOperators(ports)([opening as AlarmEvent]);
    world.now += 5_000;
    await notifyOperators(ports)([opening as AlarmEvent]);
    expect(world.sent('mail')).toEqual(['send mail web-cpu-high']);

    world.now += 30 * MINUTE;
    await notifyOperators(ports)([end as AlarmEvent]);
    expect(world.messages.at(-1)).toMatchObject({ incident: { phase: 'closed' } });
  });
});

test('a contributor that is over does not end the alarm, nor another contributor', async () => {
  const { world, ports } = aNotifyWorld({ channels: [SLACK] });
  const [alarm, ok] = messagesOf(['ALARM', 'OK']) as readonly [AlarmEvent, AlarmEvent];
  await notifyOperators(ports)([
    alarm,
    { ...alarm, contributorId: 'a' },
    { ...alarm, contributorId: 'b' },
    { ...ok, contributorId: 'a' },
  ]);

  const open = new Set<string>();
  for (const { incident } of world.messages) {
    if (incident.phase === 'opened') open.add(incident.key);
    else open.delete(incident.key);
  }
  expect([...open]).toEqual(['alarm/web-cpu-high', 'alarm/web-cpu-high/b']);
});

const STATES = fc.constantFrom<AlarmState>('OK', 'ALARM', 'INSUFFICIENT_DATA');
const FORMS = fc.constantFrom<AlarmForm>('metric', 'composite', 'log', 'anomaly');

test('whatever an alarm goes through, what was opened is closed once, and at the end if it is OK', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(STATES, { maxLength: 12 }),
      FORMS,
      fc.boolean(),
      fc.constantFrom<Channel>(SLACK, PAGERDUTY),
      async (states, form, isSilentWithoutData, channel) => {
        const messages = messagesOf(states, { form }).filter(
          ({ state }) => !isSilentWithoutData || state !== 'INSUFFICIENT_DATA',
        );
        const phases = await phasesOf(messages, { channel });

        const closings = phases.flatMap((phase, place) => (phase === 'closed' ? [place] : []));
        expect(closings.every((place) => phases[place - 1] === 'opened')).toBe(true);
        if (states.at(-1) === 'OK') expect(phases.at(-1) ?? 'closed').toBe('closed');
      },
    ),
    { numRuns: runs(300) },
  ));
