import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { GroupData, PageAction } from '#console/page/data.ts';
import { kindOfMark } from '#console/page/mark-kinds.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { startLiveDay } from '#simulator/console/live-day.ts';
import { troubleButtons } from '#simulator/console/troubles.ts';

const RULES = readFileSync(join(import.meta.dirname, '../../simulator/day/tidegate.yml'), 'utf8');
const parsed = parseConfiguration(RULES, { file: 'tidegate.yml', prefix: 'tidegate-dev' });
if (!parsed.ok) throw new Error('the rules of the day have problems');

/** Half a day in a second: a test waits for minutes of the fleet, not for its own. */
const day = startLiveDay({
  configuration: parsed.value,
  rules: RULES,
  load: () => 300,
  seed: 1,
  speed: 30_000,
  user: 'ann',
  subtitle: 'a test',
});
afterAll(async () => {
  day.end();
  await day.over;
});

const web = async (): Promise<GroupData> => {
  const [group] = (await day.source.look()).groups;
  if (group === undefined) throw new Error('there is no group');
  return group;
};
const act = (action: PageAction) => day.source.act(action);
const trouble = (name: string) => act({ kind: 'trouble', group: 'web', name });

/** Looks until the fleet is as wanted; throws after some seconds. */
const until = async (isSo: (group: GroupData) => boolean): Promise<GroupData> => {
  for (let look = 0; look < 300; look += 1) {
    const group = await web().catch(() => undefined);
    if (group !== undefined && isSo(group)) return group;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error('the fleet never was so');
};
const eight = Date.UTC(2026, 2, 2, 8);

describe('a live day', () => {
  test('is at eight in the morning at once, and goes on from there', async () => {
    const { times, status } = await until((group) => (group.status?.at ?? 0) > eight);

    expect(times[0]).toBe(Date.UTC(2026, 2, 2));
    expect(status?.next.summary).toMatch(/^web stays at/);
  }, 30_000);

  test('grows when somebody causes a spike, and the decision tells why', async () => {
    const before = (await web()).status?.capacity?.desired ?? 0;
    expect(await trouble('spike')).toEqual({
      isDone: true,
      text: 'a crowd of 900 requests a second arrives',
    });
    const group = await until(({ status }) => (status?.capacity?.desired ?? 0) > before);
    const mark = group.marks.findLast((each) => kindOfMark(each) === 'out');
    const story = await day.source.tell('web', mark?.id ?? '');

    expect(story?.title).toBe(mark?.summary);
    expect(story?.parts.map(({ word }) => word)).toEqual(
      expect.arrayContaining(['seen', 'rules', 'together', 'gates', 'then', 'told']),
    );
  }, 30_000);

  test('replaces a target that fails, until when somebody pauses it by name', async () => {
    await trouble('fail-target');
    await until(({ marks }) => marks.some(({ kind }) => kind === 'replaced'));
    const answer = await act({ kind: 'pause', group: 'web', for: '8h', reason: 'a look' });
    const { status, override } = await until((group) => group.status?.override !== undefined);

    expect(answer.text).toMatch(/^web is paused by ann until .*: a look$/);
    expect([override?.by, status?.gates[0]?.stage]).toEqual(['ann', 'override']);
    expect((await act({ kind: 'resume', group: 'web', reason: '' })).isDone).toBe(true);
  }, 30_000);

  test('takes other rules, and says what is wrong with bad ones', async () => {
    const bad = await act({ kind: 'rules', text: RULES.replace('track:', 'trakc:') });
    const other = await act({ kind: 'rules', text: RULES.replace('web-prod', 'other') });
    const good = await act({ kind: 'rules', text: RULES.replace('min: 3', 'min: 9') });
    await until(({ status }) => (status?.capacity?.desired ?? 0) >= 9);

    expect([bad.isDone, other.isDone, good.isDone]).toEqual([false, false, true]);
    expect(bad.text).toContain('track');
    expect(other.text).toContain('this fleet has web (web-prod)');
  }, 30_000);

  test.each(troubleButtons.map(({ name }) => name))('says what %s has caused', async (name) => {
    const answer = await trouble(name);

    expect(answer.isDone).toBe(true);
    expect((await day.source.look()).events.at(-1)?.text).toBe(answer.text);
  });

  test('refuses what is not there', async () => {
    expect(await trouble('earthquake')).toEqual({
      isDone: false,
      text: 'there is no trouble earthquake',
    });
    expect((await act({ kind: 'trouble', group: 'wep', name: 'spike' })).isDone).toBe(false);
    expect(await day.source.tell('web', 'web-0')).toBeUndefined();
  });

  test('stands still when somebody stops it, and goes on from there', async () => {
    await act({ kind: 'speed', speed: 0 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const still = (await day.source.look()).now;
    await new Promise((resolve) => setTimeout(resolve, 100));

    expect((await day.source.look()).now).toBe(still);
    await act({ kind: 'speed', speed: 30_000 });
    await until(({ status }) => (status?.at ?? 0) > still);
  }, 30_000);
});
