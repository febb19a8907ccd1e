import { describe, expect, test } from '@jest/globals';
import { readPoints } from '#parse/history/read-points.ts';
import { readTimestamp } from '#parse/history/timestamp.ts';
import { minutes, NOON } from '#test/support/builders.ts';

const read = (text: string, wanted = 'requests') => readPoints({ file: 'a.csv', text }, wanted);
const NOON_TEXT = new Date(NOON).toISOString();
const NEXT_TEXT = new Date(NOON + minutes(1)).toISOString();
const problemOf = (text: string, wanted?: string) => {
  const result = read(text, wanted);
  if (result.ok) throw new Error('it was read');
  return result.problem;
};

describe('a CSV', () => {
  test.each([
    `timestamp,value\n${NOON_TEXT},1\n${NEXT_TEXT},2.5\n`,
    `\uFEFF"Timestamp","Value"\r\n"${NOON_TEXT}","1"\r\n"${NEXT_TEXT}","2.5"\r\n`,
    `timestamp;value\n\n${NOON / 1_000};1\n${NOON + minutes(1)};2.5`,
  ])('has a point in each line: %#', (text) => {
    expect(read(text)).toMatchObject({
      ok: true,
      value: [
        { at: NOON, value: 1, place: expect.stringContaining('line ') },
        { at: NOON + minutes(1), value: 2.5 },
      ],
    });
  });

  test('has a hole in a line that is a time alone', () => {
    expect(read(`timestamp,value\n${NOON_TEXT}\n`)).toMatchObject({
      value: [{ value: Number.NaN }],
    });
  });

  test.each(['', 'NaN', 'null', '-'])('has a hole where its value is "%s"', (none) => {
    expect(read(`timestamp,value\n${NOON_TEXT},${none}\n`)).toEqual({
      ok: true,
      value: [{ at: NOON, value: Number.NaN, place: 'line 2' }],
    });
  });

  test.each([
    [`${NOON_TEXT},many`, 'no-number', 'found "many" for a value, which is no number'],
    [`${NOON_TEXT},1,234`, 'no-number', 'found "1,234" for a value, which is no number'],
    [`${NOON_TEXT},Infinity`, 'no-number', 'found "Infinity" for a value, which is no number'],
    ['yesterday,1', 'no-time', 'found "yesterday", which is no time'],
    [',1', 'no-time', 'found "", which is no time'],
  ])('is told what is wrong in %j', (line, code, message) => {
    expect(problemOf(`timestamp,value\n\n${line}\n`)).toEqual([
      { code, file: 'a.csv', place: 'line 3', message, help: expect.stringMatching(/\w/) },
    ]);
  });

  test('with a mistake in every line has the first five told', () => {
    const lines = Array.from({ length: 9 }, () => `${NOON_TEXT},x`).join('\n');
    const problems = problemOf(`timestamp,value\n${lines}\n`);

    expect(problems.map(({ place }) => place)).toEqual([2, 3, 4, 5, 6].map((n) => `line ${n}`));
    expect(problems[4]?.message).toMatch(/ \(and 4 more like it\)$/);
    expect(problems[3]?.message).not.toMatch(/more/);
  });
});

describe('a time', () => {
  test.each([
    ['2026-03-02T12:00:00Z', '2026-03-02T12:00:00Z'],
    ['2026-03-02 12:00:00+00:00', '2026-03-02T12:00:00Z'],
    ['2026-03-02T13:00:00.000+0100', '2026-03-02T12:00:00Z'],
    ['2026-03-02 12:00 UTC', '2026-03-02T12:00:00Z'],
    ['2026-03-02Z', '2026-03-02T00:00:00Z'],
    ['1772452800', '2026-03-02T12:00:00Z'],
    ['1772452800.000', '2026-03-02T12:00:00Z'],
    ['1772452800000', '2026-03-02T12:00:00Z'],
  ])('may be %s', (text, iso) => {
    expect(readTimestamp(text)).toEqual({ at: Date.parse(iso) });
  });

  test.each([
    ['2026-03-02T12:00:00', 'has no time zone', '2026-03-02T12:00:00Z, or with its offset'],
    ['2026-03-02', 'has no time zone', '2026-03-02T00:00Z'],
    ['2026-13-02T12:00:00Z', 'is no time of the calendar', 'is the day of that month?'],
    ['02/03/2026', 'is no time', 'seconds since 1970'],
    ['12', 'is no time', 'seconds since 1970'],
  ])('is not %s', (text, why, help) => {
    expect(readTimestamp(text)).toEqual({
      why: expect.stringContaining(why),
      help: expect.stringContaining(help),
    });
  });
});

const result = (Id: string, change: object = {}) => ({
  Id,
  Label: `the ${Id}`,
  Timestamps: [NOON_TEXT, NEXT_TEXT],
  Values: [1, 2],
  ...change,
});
const cloudWatch = (...MetricDataResults: object[]) => JSON.stringify({ MetricDataResults });

describe('what aws cloudwatch get-metric-data prints', () => {
  const POINTS = [
    { at: NOON, value: 1, place: 'm1.Timestamps[0]' },
    { at: NOON + minutes(1), value: 2, place: 'm1.Timestamps[1]' },
  ];

  test('is one series', () => {
    expect(read(cloudWatch(result('m1')))).toEqual({ ok: true, value: POINTS });
  });

  test('is the series whose Id or Label is wanted, of several', () => {
    const text = cloudWatch(result('m0'), result('m1'));

    expect(read(text, 'm1')).toEqual({ ok: true, value: POINTS });
    expect(read(text, 'the m1')).toEqual({ ok: true, value: POINTS });
    expect(problemOf(text)).toEqual([
      {
        code: 'not-a-history',
        file: 'a.csv',
        message: 'it has 2 series, and not one named requests: m0, m1',
        help: expect.stringContaining('write one series in a file'),
      },
    ]);
  });

  test('may come on several pages', () => {
    const pages = read(
      cloudWatch(
        result('m1', { Timestamps: [NOON_TEXT], Values: [1] }),
        result('m1', { Timestamps: [NEXT_TEXT], Values: [2] }),
      ),
    );

    expect(pages).toMatchObject({ ok: true, value: [{ at: NOON }, { at: NOON + minutes(1) }] });
  });

  test('may have no series, or one without points', () => {
    expect(problemOf(cloudWatch())[0]?.message).toBe('it has no series');
    expect(read(cloudWatch({}))).toEqual({ ok: true, value: [] });
  });

  test.each([
    [{ Values: [1] }, 'no-number', 'found nothing for a value'],
    [{ Values: [1, 'two'] }, 'no-number', 'found "two" for a value'],
    [{ Values: [1, ''] }, 'no-number', 'found "" for a value'],
    [{ Timestamps: [NOON_TEXT, 'later'] }, 'no-time', 'found "later", which is no time'],
  ])('is told what is wrong with %j', (change, code, says) => {
    expect(problemOf(cloudWatch(result('m1', change)))).toEqual([
      {
        code,
        file: 'a.csv',
        place: 'm1.Timestamps[1]',
        message: expect.stringContaining(says),
        help: expect.stringMatching(/\w/),
      },
    ]);
  });
});

describe('the answer of Prometheus to query_range', () => {
  const matrix = (...series: object[]) =>
    JSON.stringify({ status: 'success', data: { resultType: 'matrix', result: series } });
  const series = (name: string, values: unknown) => ({ metric: { __name__: name }, values });
  const SECONDS = NOON / 1_000;

  test('is one series; its numbers are texts, and NaN is a hole', () => {
    const values = [
      [SECONDS, '1.5'],
      [SECONDS + 60, 'NaN'],
    ];
    expect(read(matrix(series('up', values)))).toEqual({
      ok: true,
      value: [
        { at: NOON, value: 1.5, place: 'values[0]' },
        { at: NOON + minutes(1), value: Number.NaN, place: 'values[1]' },
      ],
    });
  });

  test('is the series with a label that is wanted, of several', () => {
    const text = matrix(series('cpu', [[SECONDS, '1']]), series('requests', [[SECONDS, '2']]));

    expect(read(text)).toMatchObject({ ok: true, value: [{ value: 2 }] });
    expect(problemOf(text, 'latency')[0]?.message).toContain('not one named latency');
    expect(problemOf(matrix(series('requests', []), series('requests', [])))[0]?.message).toContain(
      '2 series',
    );
  });

  test('is told what is wrong with a pair', () => {
    expect(problemOf(matrix(series('up', [SECONDS]))).map(({ code }) => code)).toEqual(['no-time']);
    expect(problemOf(matrix(series('up', [[SECONDS, '+Inf']])))).toMatchObject([
      { code: 'no-number' },
    ]);
  });
});

describe('a file of another kind', () => {
  test.each([
    ['', 'it is neither CSV nor JSON'],
    ['hello', 'it is neither CSV nor JSON'],
    ['[]', 'it is JSON of another kind'],
    ['{}', 'it is JSON of another kind'],
    ['{"status":"error","error":"parse error"}', 'it is an error of Prometheus: parse error'],
    [
      '{"data":{"resultType":"vector","result":[]}}',
      'it is an answer of Prometheus with a vector, and a history takes a matrix: ask /api/v1/query_range',
    ],
  ])('%j is told', (text, message) => {
    expect(problemOf(text)).toEqual([
      {
        code: 'not-a-history',
        file: 'a.csv',
        message,
        help: expect.stringContaining('timestamp,value'),
      },
    ]);
  });
});

describe('a CSV of another kind', () => {
  test.each([
    ['time,value\n1,2\n', 'found "time,value" for the header', 'timestamp,value'],
    ['\uFEFFtime;value;unit\r\n1;2;3', 'found "time;value;unit" for the header', 'timestamp,value'],
    ['1772452800,2\n', 'found "1772452800,2", and no header above it', 'timestamp,value'],
    [
      'seconds,requestsPerSecond\n0,10\n',
      'found "seconds,requestsPerSecond", which is the header of a load for the simulator',
      'npm start -- --load',
    ],
  ])('%j is told with its first line', (text, message, help) => {
    expect(problemOf(text)).toEqual([
      {
        code: 'not-a-history',
        file: 'a.csv',
        place: 'line 1',
        message,
        help: expect.stringContaining(help),
      },
    ]);
  });
});
