import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { StatMetric } from '#domain/configuration/metric.ts';
import { writePoints } from '#parse/history/write-points.ts';
import { accountWith } from '#test/support/a-deployment.ts';
import { minutes, NOON } from '#test/support/builders.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-members-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fileWith = (rule: string): string => `version: 1
fleets:
  shops:
    select: { tags: { tier: shop } }
    capacity: { min: 2, max: 30 }
    metrics:
      cpu: { preset: asg-cpu }
      sales: { namespace: Shop, metric: Sales, dimensions: { Group: "{autoScalingGroup}" }, statistic: Sum }
    rules:
      load: { ${rule} }
`;
const TRACK = 'track: cpu, target: 30';
const run = (rule: string, ...args: string[]) => {
  writeFileSync(join(folder, 'tidegate.yml'), fileWith(rule));
  return runCli(args, { cwd: folder });
};

/** Quarters of an hour of four days. */
const DEMAND = writePoints(
  new Map(
    Array.from({ length: 96 * 4 }, (_, quarter) => [
      NOON + minutes(15 * quarter),
      15 * 60 * (60 + 40 * Math.sin((2 * Math.PI * quarter) / 96)),
    ]),
  ),
);
writeFileSync(join(folder, 'load.csv'), DEMAND);
const MEMBER = ['--group', 'shops/shop-7'];
const SAID = ['--history', 'load.csv', '--per-instance', '10rps', '--boot', '2m'];

describe('a member of a fleet', () => {
  test('is recorded by its own metrics, in a folder within that of its fleet', async () => {
    const asked: unknown[] = [];
    const account = accountWith([], {
      recorder: async () => ({
        readRanges: async (metrics, from) => {
          asked.push(...metrics.map((metric) => (metric as StatMetric).dimensions));
          return metrics.map(() => new Map([[from, 2]]));
        },
        readLaunchHistory: async () => [],
      }),
    });
    writeFileSync(join(folder, 'tidegate.yml'), fileWith(TRACK));
    const args = ['record', '--since', '1h', ...MEMBER];
    const { code, stdout } = await runCli(args, { cwd: folder, account });

    expect(code).toBe(0);
    expect(stdout).toContain('\nshops/shop-7: 0 launches, cpu 1, inService 1');
    expect(asked).toContainEqual({ AutoScalingGroupName: 'shop-7' });
    const manifest = JSON.parse(readFileSync(join(folder, 'history/manifest.json'), 'utf8'));
    expect(manifest.groups['shops/shop-7'].series.cpu.file).toBe('shops/shop-7/cpu.csv.gz');
    rmSync(join(folder, 'history'), { recursive: true });
  });

  test('is run through a history by the rules of its fleet', async () => {
    const args = ['backtest', '--seeds', '1', '--against', 'static', ...SAID, ...MEMBER, '--json'];
    const { code, stdout } = await run(TRACK, ...args);

    expect(code).toBe(0);
    const { group, policies } = JSON.parse(stdout);
    expect(group).toBe('shops/shop-7');
    // A group without the tags of its fleet would be left alone.
    expect(policies[0].changes).toBeGreaterThan(10);
  });

  test('is what the rules of its fleet are tuned on, and that is said', async () => {
    const { code, stdout, stderr } = await run(TRACK, 'tune', ...SAID, ...MEMBER, '--budget', '7');

    expect(code).toBe(0);
    expect(stdout).toMatch(/\n- {6}load: \{ track: cpu, target: 30 \}\n\+ {6}load: \{ track: cpu/);
    expect(stderr).toContain('tidegate: these are the rules of all members of shops\n');
  }, 60_000);

  test('is what the forecast of its fleet learns from, and that is said', async () => {
    const seconds = [120, 130, 140, 150, 160, 170].map((each) => `2026-03-02T09:00:00Z,${each}\n`);
    mkdirSync(join(folder, 'kept'));
    writeFileSync(join(folder, 'kept/load.csv'), DEMAND);
    writeFileSync(join(folder, 'kept/launches.csv'), `startedAt,bootSeconds\n${seconds.join('')}`);
    const member = {
      series: { requests: { file: 'load.csv' } },
      launches: { file: 'launches.csv' },
    };
    const manifest = { schemaVersion: 1, groups: { 'shops/shop-7': member } };
    writeFileSync(join(folder, 'kept/manifest.json'), JSON.stringify(manifest));
    const { stdout, stderr } = await run(
      'forecast: sales, perInstance: 45rps, lead: auto',
      ...['learn', '--history', 'kept', ...MEMBER],
    );

    expect(stdout).toContain('shops/shop-7, from a history to 2026-03-06:\n');
    expect(stdout).toContain('+      load: { learned: { lead: 160s, on: 2026-03-06 }');
    expect(stderr).toContain('tidegate: these are the rules of all members of shops\n');
  });

  test.each([
    [['--group', 'shops'], '"shops" is a fleet, and one group is asked for'],
    [[], 'name a member of the fleet shops: --group shops/AUTO-SCALING-GROUP'],
  ])('must be named where one group is asked for: %j', async (words, says) => {
    const { code, stderr } = await run(TRACK, 'backtest', ...SAID, ...words);

    expect(code).not.toBe(0);
    expect(stderr).toContain(says);
  });
});
