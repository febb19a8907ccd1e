import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import { writePoints } from '#parse/history/write-points.ts';
import { minutes, NOON } from '#test/support/builders.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-backtest-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fileWith = (target: number) => `version: 1
groups:
  web:
    autoScalingGroup: web-prod
    capacity: { min: 2, max: 30 }
    metrics: { cpu: { preset: asg-cpu } }
    rules: { load: { track: cpu, target: ${target} } }
`;
writeFileSync(join(folder, 'tidegate.yml'), fileWith(60));
writeFileSync(join(folder, 'lower.yml'), fileWith(40));
writeFileSync(join(folder, 'two.yml'), `${fileWith(60)}  api: { autoScalingGroup: api-prod }\n`);

/** Six hours: load up and down, two instances at first, CPU in proportion to the load of each. */
const COUNT = 360;
const load = (minute: number): number => 60 * (100 + 80 * Math.sin((2 * Math.PI * minute) / COUNT));
const points = (value: (minute: number) => number) =>
  writePoints(
    new Map(Array.from({ length: COUNT }, (_, minute) => [NOON + minutes(minute), value(minute)])),
  );
const record = (name: string, change: Record<string, string> = {}) => {
  mkdirSync(join(folder, name, 'web'), { recursive: true });
  const write = (file: string, text: string | Buffer) =>
    writeFileSync(join(folder, name, file), text);
  const texts: Record<string, string> = {
    requests: points(load),
    cpu: points((minute) => 4 + load(minute) / 60 / 4),
    inService: points(() => 4),
    ...change,
  };
  for (const [series, text] of Object.entries(texts)) write(`web/${series}.csv.gz`, gzipSync(text));
  const boots = [120, 130, 140, 150, 160].map((seconds) => `2026-03-02T09:00:00Z,${seconds}`);
  write('web/launches.csv', ['startedAt,bootSeconds', ...boots, ''].join('\n'));
  write(
    'manifest.json',
    JSON.stringify({
      schemaVersion: 1,
      groups: {
        web: {
          series: Object.fromEntries(
            Object.keys(texts).map((series) => [series, { file: `web/${series}.csv.gz` }]),
          ),
          launches: { file: 'web/launches.csv' },
        },
      },
    }),
  );
};
record('history');
writeFileSync(join(folder, 'load.csv'), points(load));

const backtest = (...args: string[]) =>
  runCli(['backtest', '--seeds', '1', ...args], { cwd: folder });
const json = async (...args: string[]) => JSON.parse((await backtest(...args, '--json')).stdout);

describe('tidegate backtest', () => {
  test('shows the rules beside the usual ways to scale, and says what it knows of instances', async () => {
    const { code, stdout, stderr } = await backtest();

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').map((line) => line.split('  ')[0])).toEqual(
      expect.arrayContaining([
        'tidegate.yml',
        'target tracking (AWS)',
        'Horizontal Pod Autoscaler (Kubernetes)',
        'managed instance group (Google)',
        'static peak',
        'sees one boot ahead',
        'optimum in hindsight',
      ]),
    );
    expect(stdout).toContain(
      'An instance carries 76 requests a second within 80 % of CPU: CPU is 4 + 1 times its load, fitted on 360 periods; the load explains 100 % of its spread, and half of the periods lie within',
    );
    expect(stdout).toContain(
      'Of 5 launches half were in service after 140 s, nine tenths after 156 s; 0 % failed.',
    );
  });

  test('is one object for programs, the same at every run', async () => {
    const args = ['--against', 'lower.yml', 'static'];
    const first = await json(...args);

    expect(first).toMatchObject({
      schemaVersion: 1,
      command: 'backtest',
      exitCode: 0,
      group: 'web',
      history: { from: new Date(NOON).toISOString(), holes: 0, saturated: 0, findings: [] },
      instances: { carried: expect.closeTo(76, 3), atFullCpu: expect.closeTo(96, 3) },
      seeds: 1,
      failIf: null,
      firstDifference: { decisions: [{ name: 'tidegate.yml' }, { name: 'lower.yml' }] },
    });
    expect(first.policies.map(({ name }: { name: string }) => name)).toEqual([
      'tidegate.yml',
      'lower.yml',
      'static peak',
      'sees one boot ahead',
      'optimum in hindsight',
    ]);
    expect(await json(...args)).toEqual(first);
  });

  test('tells the first difference as decide tells a decision', async () => {
    const { stdout } = await backtest('--against', 'lower.yml', 'static');

    expect(stdout).toMatch(/They differ first at 2026-03-02T09:\d\d:\d\d/);
    expect(stdout).toMatch(/lower\.yml\nweb \d+ → \d+: load: cpu is /);
    const alike = await backtest('--against', './tidegate.yml', 'static');
    expect(alike.stdout).toContain('never want another capacity.');
  });

  test.each([
    ['cost > +5%', 'lower.yml', 'tidegate.yml', 1],
    ['cost > +5%', 'tidegate.yml', 'lower.yml', 0],
    ['cost > +5% or violated > 99%', 'tidegate.yml', 'lower.yml', 0],
  ])('ends %s of %s against %s with %d', async (condition, file, against, code) => {
    const args = [file, '--against', against, 'static', '--fail-if', condition];
    const { failIf, exitCode } = await json(...args);

    expect({ failIf, exitCode }).toEqual({
      failIf: { condition, holds: code === 1 },
      exitCode: code,
    });
    expect((await backtest(...args)).stdout).toContain(code === 1 ? '✗ cost' : '✓ not: cost');
  });

  test.each([
    ['cost > 0', '::error'],
    ['cost < 0', '::notice'],
  ])('says on the line of the group that %s: %s', async (condition, level) => {
    const args = ['--against', 'static', '--fail-if', condition, '--format', 'github'];
    const { stdout } = await backtest(...args);
    const lines = stdout.split('\n').filter((line) => line.startsWith('::'));

    expect(lines).toEqual([
      expect.stringMatching(
        new RegExp(`^${level} file=tidegate\\.yml,line=\\d+,col=\\d+,title=.*${condition}::`),
      ),
    ]);
  });

  test('takes one file of demand, and what is said of instances', async () => {
    const said = await backtest(
      ...['--history', 'load.csv', '--per-instance', '20rps', '--boot', '150s', '--since', '3h'],
      ...['--slo', 'cpu < 70', '--against', 'static', '--out', 'out/page.html'],
    );

    expect(said.code).toBe(0);
    expect(said.stdout).toContain(
      'An instance carries 20 requests a second, as said; it is then at 70 % of its CPU.',
    );
    expect(said.stdout).toContain('An instance serves 150 s after its launch, as said.');
    expect(said.stdout).toContain('0.120 days, 1 seed');
    expect(said.stderr).toBe('tidegate: out/page.html has the picture\n');
    expect(readFileSync(join(folder, 'out/page.html'), 'utf8')).toContain('Backtest of web');
  });

  test('takes a limit of the response time', async () => {
    record('slow', { latency: points((minute) => load(minute) / 60 / 1_000) });
    const within = await json('--history', 'slow', '--slo', 'p95 < 150ms', '--against', 'static');
    const never = await backtest('--history', 'slow', '--slo', 'p95 < 9s', '--against', 'static');

    expect(within.instances.carried).toBeGreaterThan(30);
    expect(within.instances.carried).toBeLessThan(38);
    expect(never.stdout).toContain('An instance carries at least 44.9 requests a second');
  });

  test('assumes a boot where the history has too few', async () => {
    const { stdout } = await backtest(
      '--history',
      'load.csv',
      '--per-instance',
      '20rps',
      '--against',
      'static',
    );

    expect(stdout).toContain('a boot of about 157 s is assumed. Say yours: --boot 150s.');
  });

  test('tells what a history lacks, and goes on', async () => {
    const lines = points(load).split('\n');
    writeFileSync(join(folder, 'gap.csv'), [...lines.slice(0, 90), ...lines.slice(100)].join('\n'));
    const { code, stderr, stdout } = await backtest(
      ...['--history', 'gap.csv', '--per-instance', '20rps', '--against', 'static', '--boot', '2m'],
    );

    expect(code).toBe(0);
    expect(stderr).toContain('tidegate: gap.csv: a gap of 10 min in all');
    expect(stdout).toContain('10 periods of the history are holes');
  });

  test('says which rules would see nothing', async () => {
    writeFileSync(
      join(folder, 'unseen.yml'),
      fileWith(60).replace('load: {', 'own: { when: { alarm: mine }, then: add 1 }, load: {'),
    );
    const { stderr } = await backtest('unseen.yml', '--against', 'static');

    expect(stderr).toContain('tidegate: unseen.yml: not simulated: web: mine, which own goes by');
  });
});

describe('what a backtest cannot do', () => {
  record('lazy', { cpu: points(() => 7) });
  record('blind', { inService: points(() => 0) });
  record('busy', { cpu: points((minute) => 82 + load(minute) / 60 / 16) });
  writeFileSync(join(folder, 'bad.csv'), 'timestamp,value\n2026-03-02T09:00:00Z,-1\n');
  mkdirSync(join(folder, 'idle'));
  writeFileSync(
    join(folder, 'idle/manifest.json'),
    JSON.stringify({ schemaVersion: 1, groups: { web: { series: {} }, api: { series: {} } } }),
  );

  test.each([
    [
      ['--history', 'nowhere'],
      2,
      'unreadable-file',
      'cannot read the history nowhere: there is no such file',
    ],
    [['--history', 'bad.csv'], 1, 'invalid-file', 'bad.csv, line 2: found -1'],
    [['--history', 'lazy'], 1, 'invalid-file', 'the CPU does not rise with the load'],
    [['--history', 'blind'], 1, 'invalid-file', '0 periods have load, CPU and instances'],
    [['--history', 'idle'], 1, 'invalid-file', 'neither requests nor messages of web'],
    [['--history', 'load.csv'], 1, 'invalid-file', 'the history has no cpu'],
    [['--history', 'busy'], 2, 'usage', 'an idle instance has 82 % of CPU'],
    [['--slo', 'p95 < 1s'], 1, 'invalid-file', '0 periods have load, p95 and instances'],
    [['two.yml', '--group', 'api'], 2, 'unknown-name', 'history has no group named api'],
    [['two.yml'], 2, 'usage', 'say which: --group web; there are web, api'],
    [['--group', 'wbe'], 2, 'unknown-name', 'did you mean "web"?'],
    [['--against', 'target-traking'], 2, 'unknown-name', 'did you mean "target-tracking"?'],
    [['--against', 'other'], 2, 'unknown-name', 'a file has its ending: other.yml'],
    [['--against', 'other.yml'], 2, 'unreadable-file', 'cannot read other.yml'],
    [['--seeds', '0'], 2, 'usage', '--seeds: found "0"'],
    [['--seeds', '101'], 2, 'usage', '--seeds: found "101"'],
    [['--since', 'noon'], 2, 'usage', '--since: found "noon"'],
    [['--boot', 'long'], 2, 'usage', '--boot: '],
    [['--per-instance', '45'], 2, 'usage', '--per-instance: found "45"'],
    [['--slo', 'fast'], 2, 'usage', '--slo: found "fast"'],
    [['--fail-if', 'cost'], 2, 'usage', '--fail-if: found "cost"'],
    [['--fail-if', 'cost > +5%'], 2, 'usage', 'compares with other rules, and there are none'],
    [
      ['--against', 'static', '--out', 'tidegate.yml/page.html'],
      2,
      'unwritable-file',
      'cannot write',
    ],
  ] as const)('%j is told', async (args, exitCode, code, says) => {
    const { stderr, code: ended } = await backtest(...args);

    expect(stderr).toContain(says);
    expect(ended).toBe(exitCode);
    expect(await json(...args)).toMatchObject({ exitCode, error: { code } });
    expect(existsSync(join(folder, 'page.html'))).toBe(false);
  });
});
