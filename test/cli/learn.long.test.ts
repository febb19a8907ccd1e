import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { describeDrift, driftIn } from '#cli/status/learned-drift.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { writeLaunches } from '#parse/history/launches.ts';
import { writePoints } from '#parse/history/write-points.ts';
import { accountWith, aDeployment } from '#test/support/a-deployment.ts';
import { minutes, NOON } from '#test/support/builders.ts';
import { aCheckup } from '#test/support/checkup.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-learn-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Six hours: load up and down, four instances, CPU of 4 % and one for each request a second of one of them. */
const COUNT = 360;
const load = (minute: number): number => 60 * (100 + 80 * Math.sin((2 * Math.PI * minute) / COUNT));
const points = (value: (minute: number) => number) =>
  writePoints(
    new Map(Array.from({ length: COUNT }, (_, minute) => [NOON + minutes(minute), value(minute)])),
  );
const record = (
  name: string,
  boots: readonly number[],
  cpu = (each: number) => 4 + each / 240,
  starts: readonly number[] = [],
) => {
  const series = {
    requests: points(load),
    cpu: points((minute) => cpu(load(minute))),
    inService: points(() => 4),
  };
  mkdirSync(join(folder, name), { recursive: true });
  for (const [file, text] of Object.entries(series)) {
    writeFileSync(join(folder, name, `${file}.csv`), text);
  }
  const launches = [
    ...boots.map((bootSeconds) => ({ startedAt: NOON, bootSeconds })),
    ...starts.map((bootSeconds) => ({ startedAt: NOON, bootSeconds, isStart: true as const })),
  ];
  writeFileSync(join(folder, name, 'launches.csv'), writeLaunches(launches));
  const manifest = {
    schemaVersion: 1,
    groups: {
      web: {
        series: Object.fromEntries(
          Object.keys(series).map((each) => [each, { file: `${each}.csv` }]),
        ),
        launches: { file: 'launches.csv' },
      },
    },
  };
  writeFileSync(join(folder, name, 'manifest.json'), JSON.stringify(manifest));
};
record('history', [120, 130, 140, 150, 160, 170]);
record('few', [120, 130]);
record('blind', [120, 130, 140, 150, 160], (each) => (each % 7 < 3 ? 20 : 60));

record('pooled', [120, 130, 140, 150, 160, 170], undefined, [38, 39, 40, 41, 42]);
record('hardly', [120, 130, 140, 150, 160, 170], undefined, [38, 39]);

const METRIC =
  'requests: { preset: alb-requests, loadBalancer: app/web/50dc6c495c0c9188, targetGroup: targetgroup/web/73e2d6bc24d8a067 }';
const fileWith = (rule: string): string => `version: 1
groups:
  web:
    autoScalingGroup: web-prod
    metrics: { ${METRIC} }
    rules:
      # what will be needed
      ahead: { ${rule} } # learned
`;
const inFile = (file: string): string => readFileSync(join(folder, file), 'utf8');
const learn = async (rule: string, ...args: string[]) => {
  writeFileSync(join(folder, 'tidegate.yml'), fileWith(rule));
  return runCli(['learn', ...args], { cwd: folder });
};

const AUTO = 'forecast: requests, perInstance: auto, lead: auto';
const LEARNED = 'learned: { perInstance: 76rps, lead: 160s, on: 2026-03-02 }';

describe('tidegate learn', () => {
  test('shows what the history says, writes nothing, and ends with 1 while the file lacks it', async () => {
    const { code, stdout, stderr } = await learn(AUTO);

    expect(code).toBe(1);
    expect(stdout).toContain('web, from a history to 2026-03-02:\n');
    expect(stdout).toContain('  ahead: perInstance is 76rps, and nothing was learned before\n');
    expect(stdout).toContain('  ahead: lead is 160s, and nothing was learned before\n');
    expect(stdout).toContain(`+      ahead: { ${LEARNED}, ${AUTO} } # learned\n`);
    expect(stdout).toContain('An instance carries 76 requests a second within 80 % of CPU');
    expect(stderr).toBe('tidegate: nothing was written; --write puts these values into the file\n');
    expect(inFile('tidegate.yml')).toBe(fileWith(AUTO));
  });

  test('writes it with its date, and the file then says the same at every run', async () => {
    const first = await learn(AUTO, '--write');
    const text = inFile('tidegate.yml');
    const parsed = parseConfiguration(text, { file: 'tidegate.yml', prefix: 't' });
    const second = await runCli(['learn'], { cwd: folder });

    expect(first.code).toBe(0);
    expect(first.stderr).toContain('tidegate: wrote tidegate.yml');
    expect(text).toBe(fileWith(`${LEARNED}, ${AUTO}`));
    expect(parsed.ok && parsed.value.groups[0]?.rules[0]).toMatchObject({
      perInstance: 76,
      per: 'second',
      leadSeconds: 160,
      learnedOn: '2026-03-02',
    });
    expect(second.code).toBe(0);
    expect(second.stdout).toContain(
      'ahead: perInstance is 76rps, +0 % from 76rps of 2026-03-02: within 10 %, so what is in the file stays',
    );
  });

  test.each([
    { was: '84', code: 0, says: '−10 % from 84rps of 2026-01-02: within 10 %' },
    { was: '4560rpm', code: 0, says: '+0 % from 76rps of 2026-01-02: within 10 %' },
    {
      was: '85rps',
      code: 1,
      says: '−11 % from 85rps of 2026-01-02: it has drifted by more than 10 %',
    },
    { was: '60rps', code: 1, says: '+27 % from 60rps of 2026-01-02: it has drifted' },
  ])('tells of $was that it $says', async ({ was, code, says }) => {
    const rule = `learned: { perInstance: ${was}, on: 2026-01-02 }, forecast: requests, perInstance: auto`;
    const found = await learn(rule);
    expect(found).toMatchObject({ code, stdout: expect.stringContaining(says) });

    await learn(rule, '--write');
    expect(inFile('tidegate.yml')).toBe(
      fileWith(
        code === 0
          ? rule
          : 'learned: { perInstance: 76rps, on: 2026-03-02 }, forecast: requests, perInstance: auto',
      ),
    );
  });

  test('is one object for programs', async () => {
    expect(
      JSON.parse(
        (await learn(`${AUTO}, learned: { lead: 100s, on: 2026-01-02 }`, '--json')).stdout,
      ),
    ).toMatchObject({
      command: 'learn',
      exitCode: 1,
      group: 'web',
      on: '2026-03-02',
      drift: 0.1,
      isWritten: false,
      values: [
        { rule: 'ahead', key: 'perInstance', was: null, now: 76, isDue: true },
        { rule: 'ahead', key: 'lead', was: 100, learnedOn: '2026-01-02', now: 160, isDue: true },
      ],
    });
  });

  test.each([
    [
      'nothing says auto',
      'forecast: requests, perInstance: 45rps',
      'history',
      2,
      'no forecast rule of web says auto',
    ],
    [
      'the launches are few',
      AUTO,
      'few',
      1,
      'the history has 2 launches of web, and lead is learned from five',
    ],
    [
      'CPU has nothing to do with the load',
      AUTO,
      'blind',
      1,
      'the CPU does not rise with the load of an instance',
    ],
    ['there is no history', AUTO, 'nowhere', 2, 'cannot read the history nowhere'],
  ])('says why when %s', async (_, rule, history, code, says) => {
    const found = await learn(rule, '--history', history, '--write');
    expect(found).toMatchObject({ code, stderr: expect.stringContaining(says) });
    expect(inFile('tidegate.yml')).toBe(fileWith(rule));
  });

  test('names no option that it does not have when it cannot say what an instance carries', async () => {
    const { stderr } = await learn(AUTO, '--history', 'blind');

    expect(stderr).toContain('say what one instance carries: perInstance: 45rps in the rule');
  });

  test('learns a lead alone although nothing can be said of CPU', async () => {
    const { code, stdout } = await learn(
      'forecast: requests, perInstance: 45rps, lead: auto',
      '--history',
      'blind',
    );
    expect(code).toBe(1);
    expect(stdout).toContain('ahead: lead is 152s');
    expect(stdout).not.toContain('An instance carries');
  });
});

describe('the drift of what was learned', () => {
  const wasLearned = (values: string) => `learned: { ${values}, on: 2026-01-02 }, ${AUTO}`;
  const groupsOf = (text: string) => {
    const parsed = parseConfiguration(text, { file: 'tidegate.yml', prefix: 'tidegate-dev' });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problem));
    return parsed.value.groups;
  };
  const drift = (rule: string, options: { history?: string; slo?: string } = {}) => {
    const text = fileWith(rule);
    return driftIn({ text, groups: groupsOf(text) }, options, { cwd: folder });
  };

  test('is told of what lies more than a tenth from the history, and of nothing else', () => {
    const found = drift(wasLearned('perInstance: 60rps, lead: 150s'));

    expect(found.map(describeDrift)).toEqual([
      'web: ahead: perInstance is 60rps, learned on 2026-01-02; the history to 2026-03-02 shows 76rps (+27 %), more than 10 % apart: npx tidegate learn --group web',
    ]);
  });

  test.each([
    ['the file has learned nothing', AUTO, {}],
    ['there is no history', wasLearned('lead: 10s'), { history: 'nowhere' }],
    ['the history does not show it', wasLearned('lead: 10s'), { history: 'few' }],
    [
      'the limit is the one that it was learned within',
      wasLearned('perInstance: 51rps'),
      { slo: 'cpu < 55' },
    ],
  ])('is none where %s', (_, rule, options) => {
    expect(drift(rule, options)).toEqual([]);
  });

  test.each([
    [[], '! ahead: perInstance is 60rps, learned on 2026-01-02'],
    [
      ['--verbose', '--history', 'nowhere'],
      'there is no history in nowhere: npx tidegate record --out nowhere',
    ],
    [['--verbose', '--history', 'few'], 'lead is learned from five that came into service'],
  ])('is looked for by the doctor: %j', async (args, words) => {
    const text = fileWith(wasLearned('perInstance: 60rps'));
    writeFileSync(join(folder, 'tidegate.yml'), text);
    const group = groupsOf(text)[0]!;
    const account = accountWith([aDeployment()], { examine: async () => aCheckup({}, { group }) });
    const { stdout } = await runCli(['doctor', ...args], { cwd: folder, account });

    expect(stdout).toContain(words);
  });
});

describe('the wake of a warm pool', () => {
  const pooled = (pool: string, rule = AUTO): string =>
    fileWith(rule).replace('    rules:', `    warmPool: { ${pool} }\n    rules:`);
  const learnPool = async (text: string, ...args: string[]) => {
    writeFileSync(join(folder, 'tidegate.yml'), text);
    return runCli(['learn', ...args], { cwd: folder });
  };

  test('is learned from starts, and the lead of the rule from launches alone', async () => {
    const { code, stdout } = await learnPool(
      pooled('wake: auto'),
      ...['--history', 'pooled', '--write'],
    );

    expect(code).toBe(0);
    expect(stdout).toContain('  ahead: lead is 160s, and nothing was learned before\n');
    expect(stdout).toContain('  warmPool: wake is 42s, and nothing was learned before\n');
    expect(stdout).toContain('Of 5 starts out of the warm pool half were in service after 40 s');
    expect(inFile('tidegate.yml')).toContain(
      'warmPool: { learned: { wake: 42s, on: 2026-03-02 }, wake: auto }',
    );
    const parsed = parseConfiguration(inFile('tidegate.yml'), { file: 'x', prefix: 't' });
    expect(parsed.ok && parsed.value.groups[0]?.warmPool).toMatchObject({ wakeSeconds: 42 });
  });

  test('is left as it is while there are too few starts, and the rest is learned', async () => {
    const { stdout } = await learnPool(pooled('wake: auto'), '--history', 'hardly');

    expect(stdout).toContain('  ahead: lead is 160s');
    expect(stdout).not.toContain('warmPool:');
    expect(stdout).toContain(
      'Nothing is learned of wake: the history has 2 starts of web out of its warm pool, and wake is learned from five.',
    );
  });

  test('cannot be learned alone from too few', async () => {
    const text = pooled('wake: auto', 'forecast: requests, perInstance: 45rps');
    const { code, stderr } = await learnPool(text, '--history', 'hardly');

    expect(code).not.toBe(0);
    expect(stderr).toContain('until then wake: auto counts on a minute');
  });

  test('is compared with what a later history shows', () => {
    const text = pooled('wake: auto, learned: { wake: 80s, on: 2026-01-02 }');
    const parsed = parseConfiguration(text, { file: 'x', prefix: 't' });
    const groups = parsed.ok ? parsed.value.groups : [];
    const drift = driftIn({ text, groups }, { history: 'pooled' }, { cwd: folder });

    expect(drift.map(describeDrift)).toEqual([
      expect.stringContaining('web: warmPool: wake is 80s, learned on 2026-01-02'),
    ]);
  });
});
