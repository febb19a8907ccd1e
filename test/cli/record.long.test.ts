import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { historyFolder } from '#cli/history/history-folder.ts';
import type { RecordPorts } from '#cli/history/record-history.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import { parseHistory } from '#parse/history/parse-history.ts';
import { accountWith } from '#test/support/a-deployment.ts';
import { minutes, NOON } from '#test/support/builders.ts';
import { runCli } from './run-cli.ts';

const root = mkdtempSync(join(tmpdir(), 'tidegate-record-'));
afterAll(() => rmSync(root, { recursive: true }));
let folder = root;
beforeEach(() => {
  folder = mkdtempSync(join(root, 'case-'));
  writeFileSync(join(folder, 'tidegate.yml'), FILE);
});

const FILE = `version: 1
groups:
  web:
    autoScalingGroup: web-prod
    metrics:
      latency:
        preset: alb-response-time
        loadBalancer: app/web/50dc6c495c0c9188
        targetGroup: targetgroup/web/73e2d6bc24d8a067
  batch: { autoScalingGroup: batch-prod }
`;
/** The last full minute that has settled, and an hour before it. */
const TO = NOON - minutes(5);
const FROM = TO - minutes(60);

type Call = Readonly<{ names: string; from: number; to: number }>;

/** A CloudWatch with a point each minute; a call may fail, and metrics may be silent. */
const cloudWatch = ({ failing = -1, silent = '' } = {}) => {
  const calls: Call[] = [];
  const ports: Omit<RecordPorts, 'onCall'> = {
    readRanges: async (metrics, from, to) => {
      if (calls.length === failing) throw Object.assign(new Error('no'), { name: 'AccessDenied' });
      calls.push({ names: metrics.map(nameOf).join(' '), from, to });
      return metrics.map((metric) => pointsOf(metric, from, to, silent));
    },
    readLaunchHistory: async (group, since) =>
      group === 'web-prod' ? [{ startedAt: Math.max(since, FROM), bootSeconds: 150 }] : [],
  };
  return { calls, account: accountWith([], { recorder: async () => ports }) };
};

const nameOf = (metric: Metric): string => (metric.kind === 'stat' ? metric.metricName : '');

const pointsOf = (metric: Metric, from: number, to: number, silent: string) =>
  new Map(
    nameOf(metric) === silent
      ? []
      : Array.from({ length: (to - from) / minutes(1) }, (_, minute) => [
          from + minutes(minute),
          nameOf(metric).includes('Reject') ? 1 : 2,
        ]),
  );

const record = (account: ReturnType<typeof accountWith>, ...args: string[]) =>
  runCli(['record', '--since', '1h', ...args], { cwd: folder, account });
const historyIn = (name: string) => {
  const parsed = parseHistory(historyFolder(join(folder, name)).read);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problem));
  return parsed.value;
};

describe('tidegate record', () => {
  test('writes a history that can be read, with one call for all groups', async () => {
    const { calls, account } = cloudWatch();
    const { code, stdout, stderr } = await record(account);

    expect({ code, calls }).toEqual({
      code: 0,
      calls: [
        {
          names:
            'CPUUtilization GroupInServiceInstances HealthyHostCount RequestCount HTTPCode_ELB_503_Count RejectedConnectionCount HTTPCode_Target_5XX_Count TargetResponseTime CPUUtilization GroupInServiceInstances',
          from: FROM,
          to: TO,
        },
      ],
    });
    expect(stdout).toBe(
      'history has 2026-03-02 07:55 UTC to 2026-03-02 08:55 UTC, of eu-central-1; points of each series:\n' +
        'web: 1 launches, cpu 60, inService 60, requests 60, rejected 60, errors 60, latency 60\n' +
        'batch: 0 launches, cpu 60, inService 60\n',
    );
    expect(stderr).toBe(
      'tidegate: batch names no load balancer with its target group, and no queue: what came to it is not known; name them in a metric or under health\n',
    );
    const { groups, findings } = historyIn('history');
    expect(findings).toEqual([]);
    expect(groups[0]).toMatchObject({
      name: 'web',
      autoScalingGroup: 'web-prod',
      silentAtZero: ['requests', 'rejected', 'errors', 'latency'],
      launches: [{ startedAt: FROM, bootSeconds: 150 }],
    });
    expect(groups[0]?.series.rejected).toEqual({
      unit: 'Count',
      periodSeconds: 60,
      start: FROM,
      // Refused connections, and answers with 503.
      values: Array.from({ length: 60 }, () => 3),
    });
  });

  test('goes on where the last run ended, and fetches nothing twice', async () => {
    await record(cloudWatch().account, '--since', '2h');
    const manifest = join(folder, 'history/manifest.json');
    const before = JSON.parse(readFileSync(manifest, 'utf8'));
    before.groups.web.series.cpu.to = new Date(FROM).toISOString();
    writeFileSync(manifest, JSON.stringify(before));
    const { calls, account } = cloudWatch();
    const { code, stdout } = await record(account, '--json');

    expect(calls).toEqual([{ names: 'CPUUtilization', from: FROM, to: TO }]);
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      command: 'record',
      exitCode: code,
      directory: 'history',
      region: 'eu-central-1',
      from: '2026-03-02T07:55:00Z',
      to: '2026-03-02T08:55:00Z',
      periodSeconds: 60,
      calls: 1,
      groups: [
        {
          group: 'web',
          autoScalingGroup: 'web-prod',
          launches: 1,
          series: {
            cpu: 120,
            inService: 120,
            requests: 120,
            rejected: 120,
            errors: 120,
            latency: 120,
          },
        },
        {
          group: 'batch',
          autoScalingGroup: 'batch-prod',
          launches: 0,
          series: { cpu: 120, inService: 120 },
        },
      ],
    });
  });

  test('keeps what is there when a call fails, and says how to go on', async () => {
    const failed = await record(cloudWatch({ failing: 1 }).account, '--since', '14d');
    const { calls, account } = cloudWatch();
    const again = await record(account, '--since', '14d');

    expect(failed.code).toBe(3);
    expect(failed.stderr).toMatch(
      /^tidegate: AWS does not allow it: AccessDenied: no\n.*; 1 of 2 calls are kept in history: the same command goes on from there\n$/,
    );
    expect(again.code).toBe(0);
    expect(calls).toHaveLength(1);
    expect(historyIn('history').groups[0]?.series.cpu?.values).toHaveLength(14 * 1_440);
  });

  test('says nothing of what is kept when the first call fails', async () => {
    const { stderr } = await record(cloudWatch({ failing: 0 }).account);

    expect(stderr).not.toContain('kept');
  });

  test('shows its progress where somebody watches', async () => {
    const { account } = cloudWatch();
    const run = (env: Record<string, string>, isTTY: boolean) =>
      runCli(['record', '--out', `h${isTTY}${env.CI}`], { cwd: folder, account, env, isTTY });

    expect((await run({}, true)).stderr).toContain('fetching from ');
    expect((await run({ CI: '1' }, true)).stderr).not.toContain('fetching from ');
    expect((await run({}, false)).stderr).not.toContain('fetching from ');
  });

  test('says what a group lacks, and how to get it', async () => {
    const { stderr } = await record(
      cloudWatch({ silent: 'GroupInServiceInstances' }).account,
      '--group',
      'batch',
    );

    expect(stderr).toContain(
      'batch has no count of instances in service: aws autoscaling enable-metrics-collection --auto-scaling-group-name batch-prod',
    );
    // The load balancer counts those of web.
    expect(
      (await record(cloudWatch({ silent: 'GroupInServiceInstances' }).account)).stderr,
    ).not.toContain('web has');
    expect(
      (await record(cloudWatch({ silent: 'CPUUtilization' }).account, '--out', 'other')).stderr,
    ).toContain('web has no CPU in CloudWatch in this Region');
  });

  test('has minutes of 15 days, and coarser points of what is older', async () => {
    const old = await record(cloudWatch().account, '--since', '16d', '--out', 'old');
    const mixed = await record(cloudWatch().account, '--since', '15d', '--out', 'old');

    expect(old.stderr).toContain('so long ago CloudWatch has one point each 5 minutes');
    expect(mixed).toMatchObject({
      code: 2,
      stderr:
        'tidegate: web/cpu.csv.gz has periods of 5 min, and so long ago CloudWatch has periods of 1 min\n  use a shorter --since, or another directory: --out DIR\n',
    });
  });

  test('leaves a series alone that was written by hand', async () => {
    mkdirSync(join(folder, 'history/web'), { recursive: true });
    const csv = 'timestamp,value\n2026-03-02T08:00:00Z,7\n';
    writeFileSync(join(folder, 'history/web/cpu.csv'), csv);
    writeFileSync(
      join(folder, 'history/manifest.json'),
      JSON.stringify({
        schemaVersion: 1,
        groups: { web: { series: { cpu: { file: 'web/cpu.csv' } } } },
      }),
    );
    const { calls, account } = cloudWatch();
    await record(account, '--group', 'web');

    expect(calls[0]?.names).not.toContain('CPUUtilization');
    expect(readFileSync(join(folder, 'history/web/cpu.csv'), 'utf8')).toBe(csv);
    expect(historyIn('history').groups[0]?.series.cpu?.values).toEqual([7]);
  });

  test('fetches anew what is made of other metrics now', async () => {
    await record(cloudWatch().account);
    writeFileSync(join(folder, 'tidegate.yml'), FILE.replaceAll('web-prod', 'web-next'));
    const { calls, account } = cloudWatch();
    await record(account);

    expect(calls.map(({ names }) => names)).toEqual([
      'CPUUtilization GroupInServiceInstances HealthyHostCount',
    ]);
  });

  test.each([
    ['manifest.json', '{', 'manifest.json: it is no JSON object'],
    ['web/cpu.csv.gz', 'nonsense', 'cannot go on with web/cpu.csv.gz: '],
    ['web/cpu.csv.gz', 'timestamp,value\nx,1\n', 'line 2: found "x", which is no time'],
  ])('writes nothing over a folder whose %s cannot be read', async (file, text, says) => {
    await record(cloudWatch().account);
    writeFileSync(join(folder, 'history', file), text);
    const { calls, account } = cloudWatch();
    const { code, stderr } = await record(account);

    expect({ code, calls }).toEqual({ code: 1, calls: [] });
    expect(stderr).toContain(says);
    expect(readFileSync(join(folder, 'history', file), 'utf8')).toBe(text);
  });

  test.each([
    [['--since', '59m'], '--since: found 59m; expected from 1h to 455d'],
    [['--since', '456d'], '--since: found 456d; expected from 1h to 455d'],
    [['--since', 'yesterday'], '--since: "yesterday" is not a duration'],
    [['--group', 'wbe'], 'there is no group named "wbe" in the configuration'],
    [['--out', 'tidegate.yml'], 'cannot write '],
  ])('%j is told', async (args, says) => {
    const { code, stderr } = await record(cloudWatch().account, ...args);

    expect(code).toBe(2);
    expect(stderr).toContain(says);
  });
});
