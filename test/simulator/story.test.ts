import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import type { HistoryEvent } from '#simulator/history.ts';
import { createWriter } from '#simulator/story/create-writer.ts';
import { type Ending, runStory } from '#simulator/story/story.ts';
import { readEvent } from '#test/support/events.ts';

const FILE = join(import.meta.dirname, '../../simulator/story/tidegate.yml');

const tellStory = async (): Promise<{ happenings: readonly HistoryEvent[]; ending: Ending }> => {
  const parsed = parseConfiguration(readFileSync(FILE, 'utf8'), {
    file: FILE,
    prefix: 'tidegate-dev',
  });
  if (!parsed.ok) throw new Error('the configuration of the story has problems');

  const happenings: HistoryEvent[] = [];
  const tell = (event: HistoryEvent) => happenings.push(event);
  const ending = await runStory({ configuration: parsed.value, readEvent, tell });
  return { happenings, ending };
};

const textOf = (happenings: readonly HistoryEvent[]): string =>
  happenings.flatMap(createWriter()).join('\n');

describe('the story of npm start', () => {
  let happenings: readonly HistoryEvent[] = [];
  let ending: Ending;
  beforeAll(async () => {
    ({ happenings, ending } = await tellStory());
  });

  const changes = () =>
    happenings.flatMap((each) =>
      each.kind === 'noted' && each.note.kind === 'settled'
        ? [each.note.outcome.capacity ?? each.note.outcome.targets]
        : [],
    );

  test('changes the fleet once for each reason, however often it is told of it', () => {
    expect(changes()).toEqual([
      { from: 4, to: 6 },
      { from: 6, to: 8 },
      { from: 8, to: 7 },
      { from: 7, to: 9 },
      ['i-0004:80'],
    ]);
    expect(ending.capacity).toBe(9);
  });

  test('tells operators once of each change', () => {
    const titles = happenings.flatMap((each) =>
      each.kind === 'received' ? [each.received.message.title] : [],
    );

    expect(titles).toEqual([
      'web scaled out from 4 to 6',
      'web scaled out from 6 to 8',
      'web scaled in from 8 to 7',
      'web scaled out from 7 to 9',
      'web took 1 unhealthy target out of service',
    ]);
    expect(ending.messages).toBe(5);
  });

  test('acts within a second of the alarm', () => {
    const delays = happenings.flatMap((each) =>
      each.kind === 'noted' && each.note.kind === 'settled' ? (each.note.sinceAlarmMs ?? []) : [],
    );

    expect(delays).toEqual([102]);
  });

  test('finishes what a killed function had planned, with the number that was planned', () => {
    const recoveries = happenings.flatMap((each) =>
      each.kind === 'noted' && each.note.kind === 'recovered' ? [each.note] : [],
    );

    expect(recoveries).toHaveLength(1);
    expect(recoveries[0]).toMatchObject({ how: 'reissue', decision: { from: 7, to: 9 } });
  });

  test('notices the alarm whose message was lost, and only that one', () => {
    const missed = happenings.flatMap((each) =>
      each.kind === 'noted' && each.note.kind === 'missed-notification' ? [each.note.alarm] : [],
    );

    expect(new Set(missed)).toEqual(new Set(['tidegate-dev-web-cpu-low']));
  });

  test('puts the message that nobody understands aside, once for each queue', () => {
    expect(ending.deadLetters).toBe(3);
  });

  test('is the same to the byte every time', async () => {
    const again = await tellStory();

    expect(textOf(again.happenings)).toBe(textOf(happenings));
  });
});
