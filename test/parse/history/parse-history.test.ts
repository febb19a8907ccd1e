import { describe, expect, test } from '@jest/globals';
import { parseLaunches, writeLaunches } from '#parse/history/launches.ts';
import { parseManifest, writeManifest } from '#parse/history/manifest.ts';
import { parseDemandFile, parseHistory } from '#parse/history/parse-history.ts';
import { writePoints } from '#parse/history/write-points.ts';
import { minutes, NOON, seconds } from '#test/support/builders.ts';

const MANIFEST = {
  schemaVersion: 1 as const,
  region: 'eu-central-1',
  groups: {
    web: {
      autoScalingGroup: 'web-prod',
      series: {
        requests: { file: 'web/requests.csv', silentAtZero: true },
        cpu: { file: 'web/cpu.csv', unit: 'Share' },
      },
      launches: { file: 'web/launches.csv' },
    },
    bare: { series: {} },
  },
};
const FILES: Record<string, string> = {
  'manifest.json': JSON.stringify(MANIFEST),
  'web/requests.csv': writePoints(
    new Map([
      [NOON + minutes(2), 60],
      [NOON, 120.123_456_789_12],
    ]),
  ),
  'web/cpu.csv': 'timestamp,value\n2026-03-02T09:00:00Z,0.5\n2026-03-02T09:01:00Z,0.99\n',
  'web/launches.csv': 'startedAt,bootSeconds\n2026-03-02T09:00:00Z,150\n2026-03-02T09:05:00Z,\n',
};

const parse = (change: Record<string, string | undefined> = {}) => {
  const files = { ...FILES, ...change };
  return parseHistory((file) => {
    const text = files[file];
    return text === undefined
      ? { ok: false, problem: 'there is no such file' }
      : { ok: true, value: text };
  });
};
const mistakesOf = (change: Record<string, string | undefined>) => {
  const parsed = parse(change);
  if (parsed.ok) throw new Error('it was read');
  return parsed.problem;
};

describe('a history', () => {
  test('has the series and the launches that its manifest names', () => {
    expect(parse()).toEqual({
      ok: true,
      value: {
        groups: [
          {
            name: 'web',
            autoScalingGroup: 'web-prod',
            series: {
              requests: {
                unit: 'Count',
                periodSeconds: 120,
                start: NOON,
                values: [120.123457, 60],
              },
              cpu: { unit: 'Percent', periodSeconds: 60, start: NOON, values: [50, 99] },
            },
            silentAtZero: ['requests'],
            launches: [{ startedAt: NOON, bootSeconds: 150 }, { startedAt: NOON + minutes(5) }],
          },
          { name: 'bare', series: {}, silentAtZero: [], launches: [] },
        ],
        findings: [{ code: 'saturated', subject: 'web/cpu.csv', message: expect.any(String) }],
      },
    });
  });

  test('has every mistake of every file told', () => {
    const mistakes = mistakesOf({
      'web/requests.csv': 'timestamp,value\n2026-03-02T09:00:00Z,-1\n',
      'web/cpu.csv': undefined,
      'web/launches.csv': 'startedAt\n',
    });

    expect(mistakes.map(({ code, file }) => [code, file])).toEqual([
      ['negative', 'web/requests.csv'],
      ['not-a-history', 'web/cpu.csv'],
      ['not-a-history', 'web/launches.csv'],
    ]);
    expect(mistakes[1]).toEqual({
      code: 'not-a-history',
      file: 'web/cpu.csv',
      message: 'it cannot be read: there is no such file',
      help: 'manifest.json names it; is the folder whole?',
    });
    expect(mistakesOf({ 'web/launches.csv': undefined })).toHaveLength(1);
  });

  test('without a manifest is none', () => {
    expect(mistakesOf({ 'manifest.json': undefined })).toEqual([
      {
        code: 'not-a-history',
        file: 'manifest.json',
        message: 'it cannot be read: there is no such file',
        help: 'a history is a folder with a manifest.json: npx tidegate record makes one',
      },
    ]);
  });
});

describe('a manifest', () => {
  const problemsIn = (value: unknown) => {
    const parsed = parseManifest({
      file: 'manifest.json',
      text: typeof value === 'string' ? value : JSON.stringify(value),
    });
    return parsed.ok
      ? []
      : parsed.problem.map(({ place, message, help }) => [place, message, help]);
  };
  const withFile = (file: string) => ({
    schemaVersion: 1,
    groups: { web: { series: { cpu: { file } } } },
  });

  test('is read as it was written', () => {
    const text = writeManifest(MANIFEST);

    expect(text.endsWith('}\n')).toBe(true);
    expect(parseManifest({ file: 'manifest.json', text })).toEqual({ ok: true, value: MANIFEST });
  });

  test.each(['{', '[]', '7'])('%s is none', (text) => {
    expect(problemsIn(text)).toEqual([[undefined, 'it is no JSON object', expect.any(String)]]);
  });

  test('of another version is not understood', () => {
    expect(problemsIn({ schemaVersion: 2, groups: {} })).toEqual([
      ['schemaVersion', expect.any(String), 'docs/history.md has the format'],
    ]);
  });

  test('is told a series that it does not know, and the one that was meant', () => {
    expect(
      problemsIn({ schemaVersion: 1, groups: { web: { series: { request: { file: 'a' } } } } }),
    ).toEqual([
      ['groups.web.series', expect.any(String), expect.stringContaining('did you mean "requests"')],
    ]);
  });

  test.each(['a.csv', 'web/a.csv.gz', 'a..b/c'])('may name %s', (file) => {
    expect(problemsIn(withFile(file))).toEqual([]);
  });

  test.each(['/etc/passwd', '../a.csv', 'a/../../b', 'a\\..\\b', 'C:a', '\\\\host\\a'])(
    'may not lead to %s',
    (file) => {
      expect(problemsIn(withFile(file))).toEqual([
        ['groups.web.series.cpu.file', 'a path within the folder', expect.any(String)],
      ]);
    },
  );
});

describe('launches', () => {
  const mistakes = (line: string) => {
    const parsed = parseLaunches({ file: 'l.csv', text: `startedAt,bootSeconds\n${line}\n` });
    return parsed.ok ? [] : parsed.problem.map(({ code, place }) => [code, place]);
  };

  test('are read as they were written', () => {
    const launches = [{ startedAt: NOON, bootSeconds: 41.5 }, { startedAt: NOON + seconds(1) }];

    expect(writeLaunches(launches)).toBe(
      'startedAt,bootSeconds\n2026-03-02T09:00:00Z,41.5\n2026-03-02T09:00:01Z,\n',
    );
    expect(parseLaunches({ file: 'l.csv', text: writeLaunches(launches) })).toEqual({
      ok: true,
      value: launches,
    });
  });

  test('say which instances were started out of a warm pool, where some were', () => {
    const launches = [
      { startedAt: NOON, bootSeconds: 150 },
      { startedAt: NOON + seconds(1), bootSeconds: 40, isStart: true as const },
      { startedAt: NOON + seconds(2), isStart: true as const },
    ];
    const text = writeLaunches(launches);

    expect(text).toBe(
      'startedAt,bootSeconds,from\n2026-03-02T09:00:00Z,150,\n2026-03-02T09:00:01Z,40,pool\n2026-03-02T09:00:02Z,,pool\n',
    );
    expect(parseLaunches({ file: 'l.csv', text })).toEqual({ ok: true, value: launches });
  });

  test.each([
    ['2026-03-02T09:00:00Z,-1', [['negative', 'line 2']]],
    ['2026-03-02T09:00:00Z,40,moon', [['no-number', 'line 2']]],
    ['2026-03-02T09:00:00Z,soon', [['no-number', 'line 2']]],
    ['2026-03-02T09:00:00Z,172801', [['no-number', 'line 2']]],
    ['2026-03-02T09:00:00Z,172800', []],
    ['2026-03-02T09:00:00Z,0', []],
    ['2026-03-02T09:00:00Z', []],
    ['noon,1', [['no-time', 'line 2']]],
  ])('%s ends so', (line, problems) => {
    expect(mistakes(line)).toEqual(problems);
  });
});

test('one file alone is a history of requests', () => {
  const text = 'timestamp,value\n2026-03-02T09:00:00Z,2\n';
  const parsed = parseDemandFile('load.csv', text, { name: 'web', unit: 'Count/Second' });

  expect(parsed).toEqual({
    ok: true,
    value: {
      groups: [
        {
          name: 'web',
          series: {
            requests: { unit: 'Count', periodSeconds: 60, start: NOON, values: [120] },
          },
          silentAtZero: [],
          launches: [],
        },
      ],
      findings: [],
    },
  });
  expect(parseDemandFile('load.csv', 'nothing', { name: 'web' })).toMatchObject({ ok: false });
});

describe('a series without a point', () => {
  const withErrors = (errors: Readonly<Record<string, unknown>>) =>
    parse({
      'manifest.json': JSON.stringify({
        ...MANIFEST,
        groups: {
          web: {
            ...MANIFEST.groups.web,
            series: {
              ...MANIFEST.groups.web.series,
              errors: { file: 'web/errors.csv', ...errors },
            },
          },
        },
      }),
      'web/errors.csv': 'timestamp,value\n',
    });

  test('is none where CloudWatch was asked for it: a healthy fleet has no errors', () => {
    const metrics = [
      {
        namespace: 'AWS/ApplicationELB',
        metricName: 'HTTPCode_Target_5XX_Count',
        dimensions: { LoadBalancer: 'app/web/50dc6c495c0c9188' },
        statistic: 'Sum',
      },
    ];
    const parsed = withErrors({ metrics, silentAtZero: true });

    expect(parsed.ok && Object.keys(parsed.value.groups[0]?.series ?? {})).toEqual([
      'requests',
      'cpu',
    ]);
    expect(parsed.ok && parsed.value.groups[0]?.silentAtZero).toEqual(['requests']);
  });

  test('is a mistake where somebody wrote it', () => {
    expect(withErrors({})).toMatchObject({
      ok: false,
      problem: [{ code: 'no-points', file: 'web/errors.csv' }],
    });
  });
});
