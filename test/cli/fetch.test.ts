import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { RecordPorts } from '#cli/history/record-history.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import { accountWith } from '#test/support/a-deployment.ts';
import { minutes, NOON } from '#test/support/builders.ts';
import { runCli } from './run-cli.ts';

const hours = (count: number): number => minutes(60 * count);
const folder = mkdtempSync(join(tmpdir(), 'tidegate-fetch-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(
  join(folder, 'tidegate.yml'),
  `version: 1
groups:
  web:
    autoScalingGroup: web-prod
    capacity: { min: 2, max: 30 }
    metrics:
      requests:
        preset: alb-requests
        loadBalancer: app/web/50dc6c495c0c9188
        targetGroup: targetgroup/web/73e2d6bc24d8a067
    rules:
      ahead: { forecast: requests, perInstance: auto, lead: auto, onMissing: ignore }
  other: { autoScalingGroup: other-prod }
`,
);

/** Load up and down on four instances, with a CPU of 4 % and one for each request a second of one of them. */
const load = (at: number): number => 60 * (100 + 80 * Math.sin((2 * Math.PI * at) / hours(6)));
const VALUES: Readonly<Record<string, (at: number) => number>> = {
  RequestCount: load,
  CPUUtilization: (at) => 4 + load(at) / 240,
  GroupInServiceInstances: () => 4,
};
const pointsOf = (metric: Metric, from: number, to: number) => {
  const value = metric.kind === 'stat' ? VALUES[metric.metricName] : undefined;
  return new Map(
    Array.from({ length: value === undefined ? 0 : (to - from) / minutes(1) }, (_, minute) => {
      const at = from + minutes(minute);
      return [at, value?.(at) ?? 0];
    }),
  );
};
const accountThat = (readRanges: RecordPorts['readRanges']) => {
  const asked: string[] = [];
  const ports: Omit<RecordPorts, 'onCall'> = {
    readRanges,
    readLaunchHistory: async (group, since) => {
      asked.push(group);
      return [120, 130, 140, 150, 160].map((bootSeconds) => ({ startedAt: since, bootSeconds }));
    },
  };
  return { asked, account: accountWith([], { recorder: async () => ports }) };
};
const answering = () =>
  accountThat(async (metrics, from, to) => metrics.map((each) => pointsOf(each, from, to)));

describe('a history that is not there', () => {
  test('is fetched for one run where --since says how much, and kept nowhere', async () => {
    const { asked, account } = answering();
    const { code, stdout, stderr } = await runCli(
      [
        'backtest',
        '--since',
        '6h',
        '--group',
        'web',
        '--seeds',
        '1',
        '--against',
        'static',
        '--json',
      ],
      { cwd: folder, account },
    );

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      group: 'web',
      history: { from: new Date(NOON - minutes(5) - hours(6)).toISOString(), holes: 0 },
      instances: { carried: expect.closeTo(76, 1) },
    });
    expect(asked).toEqual(['web-prod']);
    expect(readdirSync(folder)).toEqual(['tidegate.yml']);
  });

  test('is fetched for learn, too', async () => {
    const { code, stdout } = await runCli(['learn', '--since', '6h', '--group', 'web'], {
      cwd: folder,
      account: answering().account,
    });
    expect(code).toBe(1);
    expect(stdout).toContain('ahead: perInstance is 76rps');
    expect(stdout).toContain('ahead: lead is 152s');
  });

  test('is asked for where nothing says how much of it', async () => {
    const { code, stderr } = await runCli(['backtest', '--group', 'web'], {
      cwd: folder,
      account: answering().account,
    });
    expect(code).toBe(2);
    expect(stderr).toContain('cannot read the history history');
    expect(stderr).toContain('fetch one for this run: --since 14d, without --history');
  });

  test.each([
    ['5m', 'found 5m; expected from 1h to 455d'],
    ['soon', '"soon" is not a duration'],
  ])('is not fetched of %s', async (since, says) => {
    const { account } = answering();
    const { code, stderr } = await runCli(['backtest', '--since', since, '--group', 'web'], {
      cwd: folder,
      account,
    });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(says) });
  });

  test('is told of when AWS refuses it', async () => {
    const { account } = accountThat(async () => {
      throw Object.assign(new Error('not you'), { name: 'AccessDenied' });
    });
    const { code, stderr } = await runCli(['backtest', '--since', '6h', '--group', 'web'], {
      cwd: folder,
      account,
    });
    expect(code).toBe(3);
    expect(stderr).toContain('not you');
    expect(stderr).not.toContain('are kept in');
    expect(existsSync(join(folder, 'history'))).toBe(false);
  });
});
