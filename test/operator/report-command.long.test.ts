import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Metric } from '#domain/configuration/metric.ts';
import type { Cloud } from '#simulator/cloud.ts';
import { DAY_START } from '#simulator/day/day.ts';
import { runCli } from '#test/cli/run-cli.ts';
import { PLACE } from '#test/support/a-deployment.ts';
import { minutes } from '#test/support/builders.ts';
import { simulatedAccount } from '#test/support/simulated-account.ts';
import { DAY_RULES_TEXT, watchDay } from '#test/support/watched-day.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-report-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'tidegate.yml'), DAY_RULES_TEXT);

const MIDNIGHT = DAY_START + minutes(1_440);
let cloud: Cloud;
let asked: { names: readonly string[]; from: number; to: number }[] = [];

beforeAll(async () => {
  ({ cloud } = await watchDay());
}, 60_000);

const SIZES = ['GroupInServiceInstances', 'GroupDesiredCapacity', 'GroupMinSize', 'GroupMaxSize'];

/** Sizes as the group would publish them: three in service, and the bounds of the group. */
const readRanges = async (metrics: readonly Metric[], from: number, to: number) => {
  const names = metrics.map((metric) => ('metricName' in metric ? metric.metricName : metric.kind));
  asked.push({ names, from, to });
  return names.map((name) => new Map([[from, name === 'GroupMaxSize' ? 12 : 3]]));
};

const run = (...args: string[]) => {
  asked = [];
  const recorder = async () => ({ readRanges, readLaunchHistory: async () => [] });
  return runCli(args, {
    cwd: folder,
    account: { ...simulatedAccount(cloud, () => MIDNIGHT), recorder },
    now: () => MIDNIGHT,
  });
};

describe('tidegate report', () => {
  test('counts what history lists', async () => {
    const report = await run('report', 'web', '--since', '1d', '--json');
    const history = await run('history', 'web', '--since', '1d', '--changes', '--json');
    const [group] = JSON.parse(report.stdout).groups;
    const listed: { outcome: { capacity?: { from: number; to: number } } }[] = JSON.parse(
      history.stdout,
    ).decisions;
    const moves = listed.flatMap(({ outcome }) => outcome.capacity ?? []);

    expect(report.code).toBe(0);
    expect(group.changes).toEqual({
      out: moves.filter(({ from, to }) => to > from).length,
      in: moves.filter(({ from, to }) => to < from).length,
    });
    expect(group.changes.out).toBeGreaterThan(3);
  });

  test('reads the sizes of all groups in one call, in whole periods of five minutes', async () => {
    await run('report', '--since', '1d');

    expect(asked).toEqual([
      {
        names: [...SIZES, ...SIZES],
        from: DAY_START,
        to: MIDNIGHT,
      },
    ]);
  });

  test('names its deployment, and says it for people', async () => {
    const { stdout } = await run('report', '--since', '1d');

    expect(stdout.startsWith(PLACE)).toBe(true);
    expect(stdout).toMatch(
      /^web \(.*\), the last 1 d\n {2}changes {9}\d+ out, \d+ in; \d+ reversals/m,
    );
  });

  test('says how many messages each channel had, as the channels count them', async () => {
    const { stdout } = await run('report', '--since', '1d');
    const { channels } = JSON.parse((await run('report', '--since', '1d', '--json')).stdout);
    const told = [...cloud.outbox.endings('slack').values()].filter(({ kind }) => kind === 'sent');

    expect(channels).toEqual([expect.objectContaining({ channel: 'slack', told: told.length })]);
    expect(told.length).toBeGreaterThan(10);
    expect(stdout).toMatch(/^messages, the last 1 d\n {2}slack {11}\d+ messages/m);
  });

  test('of one group says nothing of channels, which have no group', async () => {
    const { stdout } = await run('report', 'web', '--since', '1d');

    expect(stdout).not.toContain('messages');
  });

  test('writes a page with the console, decisions told inside, and the figures below', async () => {
    const { code, stderr } = await run('report', '--since', '1d', '--out', 'pages/report.html');
    const page = readFileSync(join(folder, 'pages/report.html'), 'utf8');

    expect({ code, stderr }).toEqual({ code: 0, stderr: '  the page is pages/report.html\n' });
    expect(page.startsWith('<!doctype html>')).toBe(true);
    expect(page).not.toMatch(/\b(?:src|href)="(?!data:)/);
    expect(page).toContain('<h2>web <small>web-prod, the last 1 d</small></h2>');
    expect(page).toMatch(/<dt>changes<\/dt><dd><p>\d+ out, \d+ in; /);
    expect(page).toMatch(/<dt>slack<\/dt><dd><p>\d+ messages/);
    const boot = /<script type="application\/json" id="boot">(.*?)<\/script>/s.exec(page)?.[1];
    const { groups } = JSON.parse(boot ?? '').data;
    const done = groups[0].marks.filter(({ kind }: { kind: string }) => kind === 'scaled');
    expect(done.length).toBeGreaterThan(3);
    expect(done.every(({ story }: { story?: object }) => story !== undefined)).toBe(true);
  });

  test('refuses a page that cannot be written', async () => {
    const { code, stderr } = await run(
      'report',
      '--since',
      '1d',
      '--out',
      'tidegate.yml/report.html',
    );

    expect(code).toBe(2);
    expect(stderr).toContain('cannot write tidegate.yml/report.html');
  });

  test.each(['31d', '5m', 'last week'])('refuses --since %s', async (since) => {
    const { code, stderr } = await run('report', '--since', since);

    expect(code).toBe(2);
    expect(stderr).toContain(`--since: found "${since}"; expected from 1h to 30d`);
  });
});
