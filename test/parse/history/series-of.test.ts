import { describe, expect, test } from '@jest/globals';
import type { SeriesName } from '#domain/history/series.ts';
import type { Point } from '#parse/history/points.ts';
import { type SeriesSpec, seriesOf } from '#parse/history/series-of.ts';
import { factorOf, unitsOf } from '#parse/history/unit-of.ts';
import { minutes, NOON, seconds } from '#test/support/builders.ts';

type Pair = readonly [at: number, value: number];
const at = (...pairs: Pair[]): Point[] =>
  pairs.map(([time, value], index) => ({ at: time, value, place: `line ${index + 2}` }));
/** One point a minute from noon on. */
const each = (...values: number[]): Point[] =>
  at(...values.map((value, minute): Pair => [NOON + minutes(minute), value]));

const examine = (points: Point[], change: Partial<SeriesSpec> = {}) =>
  seriesOf({ name: 'requests', file: 'a.csv', ...change }, points);
const made = (points: Point[], change: Partial<SeriesSpec> = {}) => {
  const result = examine(points, change);
  if (!result.ok) throw new Error(result.problem[0]?.message);
  return result.value;
};
const mistakes = (points: Point[], change: Partial<SeriesSpec> = {}) => {
  const result = examine(points, change);
  return result.ok ? [] : result.problem.map(({ code, place, message }) => [code, place, message]);
};

describe('a series of points', () => {
  test('has a value for each period', () => {
    expect(made(each(1, 2, 3))).toEqual({
      series: { unit: 'Count', periodSeconds: 60, start: NOON, values: [1, 2, 3] },
      findings: [],
    });
  });

  test('may come against the order of time, as CloudWatch answers', () => {
    expect(made(each(1, 2, 3).reverse()).series.values).toEqual([1, 2, 3]);
  });

  test('of one point is a minute', () => {
    expect(made(each(7)).series).toMatchObject({ periodSeconds: 60, values: [7] });
  });

  test('has the period that is said, or the most common step', () => {
    const points = at([NOON, 1], [NOON + minutes(5), 2], [NOON + minutes(15), 3]);

    expect(made(points).series).toMatchObject({
      periodSeconds: 300,
      values: [1, 2, undefined, 3],
    });
    expect(made(each(1, 2), { periodSeconds: 30 }).series.values).toEqual([1, undefined, 2]);
  });

  test('keeps a grid that does not begin at a full period', () => {
    const points = each(1, 2, 3).map((point) => ({ ...point, at: point.at + seconds(7) }));

    expect(made(points)).toMatchObject({ series: { start: NOON + seconds(7) }, findings: [] });
  });

  test('without a point is none', () => {
    expect(mistakes([])).toEqual([['no-points', undefined, 'it has no points']]);
  });
});

describe('a gap', () => {
  const points = at(
    [NOON, 1],
    [NOON + minutes(1), 2],
    [NOON + minutes(4), 3],
    [NOON + minutes(6), 4],
  );

  test('is kept as holes, and told', () => {
    expect(made(points, { periodSeconds: 60 })).toEqual({
      series: {
        unit: 'Count',
        periodSeconds: 60,
        start: NOON,
        values: [1, 2, undefined, undefined, 3, undefined, 4],
      },
      findings: [
        {
          code: 'gap',
          subject: 'a.csv',
          message:
            '2 gaps of 3 min in all, 43 % of the time; the longest lasts 2 min from 2026-03-02 09:02 UTC',
        },
      ],
    });
    expect(made(at([NOON, 1], [NOON + minutes(2), 2]), { periodSeconds: 60 }).findings).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/^a gap of 1 min in all/) }),
    ]);
  });

  test('is nothing to tell of a metric that is silent at zero', () => {
    expect(made(points, { periodSeconds: 60, isSilentAtZero: true }).findings).toEqual([]);
  });

  test('of 35 days is an outage, and a longer one is a wrong year', () => {
    const days = (count: number) => at([NOON, 1], [NOON + minutes(count * 1_440), 2]);
    const spec = { periodSeconds: 60 };

    expect(mistakes(days(35), spec)).toEqual([]);
    expect(mistakes(days(35.001), spec)).toEqual([
      ['clock-jump', 'line 3', expect.stringMatching(/^the clock jumps: .* is followed by /)],
    ]);
  });
});

describe('a clock', () => {
  test('that goes back is a mistake', () => {
    const back = at([NOON, 1], [NOON + minutes(60), 2], [NOON + minutes(1), 3]);

    expect(mistakes(back)).toEqual([
      [
        'clock-jump',
        'line 4',
        'the clock goes back: 2026-03-02T10:00:00.000Z is followed by 2026-03-02T09:01:00.000Z',
      ],
    ]);
  });

  test('that is set a little has its points counted for their periods, and is told', () => {
    const points = each(1, 2, 3, 4);
    points[3] = { ...points[3]!, at: points[3]!.at + seconds(59) };
    const { series, findings } = made(points, { periodSeconds: 60 });

    expect(series.values).toEqual([1, 2, 3, 4]);
    expect(findings).toEqual([
      {
        code: 'off-grid',
        subject: 'a.csv',
        message:
          '1 points lie off the grid of 1 min (the first: line 5); each counts for the period that it lies in',
      },
    ]);
  });

  test('that puts two points into one period is a mistake', () => {
    const points = [...each(1, 2, 3), ...at([NOON + minutes(2) + seconds(30), 4])];

    expect(mistakes(points)).toEqual([
      [
        'clock-jump',
        'line 2',
        '2026-03-02T09:02:30.000Z and 2026-03-02T09:02:00.000Z (line 4) lie in one period of 1 min',
      ],
    ]);
  });

  test('that counts more than two million periods is a mistake', () => {
    const points = at([NOON, 1], [NOON + seconds(2_000_000), 2]);

    expect(mistakes(points, { periodSeconds: 1 })).toEqual([
      ['too-large', undefined, expect.stringContaining('2000000 periods are the most')],
    ]);
    expect(mistakes(at([NOON, 1], [NOON + seconds(1_999_999), 2]), { periodSeconds: 1 })).toEqual(
      [],
    );
  });
});

describe('a time that comes twice', () => {
  test('counts once where both say the same', () => {
    const points = [...each(1, 2), ...at([NOON + minutes(1), 2])];

    expect(made(points)).toMatchObject({
      series: { values: [1, 2] },
      findings: [
        {
          code: 'duplicate',
          message: '1 points come twice with the same value (the first: line 2); each counts once',
        },
      ],
    });
  });

  test('is a mistake where they differ', () => {
    expect(mistakes([...each(1, 2), ...at([NOON + minutes(1), 3])])).toEqual([
      ['duplicate', 'line 2', '2026-03-02T09:01:00.000Z has two values: 2 (line 3) and 3'],
    ]);
  });
});

describe('a value', () => {
  test('below zero is a mistake, and zero is none', () => {
    expect(mistakes(each(0, -1))).toEqual([
      ['negative', 'line 3', 'found -1, and nothing that a history has is below zero'],
    ]);
  });

  test('that is none is a hole, and told', () => {
    expect(made(each(1, Number.NaN, 3))).toMatchObject({
      series: { values: [1, undefined, 3] },
      findings: [
        { code: 'gap' },
        {
          code: 'not-a-number',
          message: '1 values are none (the first: line 3); they are kept as holes',
        },
      ],
    });
  });

  test('of CPU above 100.5 is in another unit', () => {
    expect(mistakes(each(50, 100.5), { name: 'cpu' })).toEqual([]);
    expect(mistakes(each(50, 100.6), { name: 'cpu' })).toEqual([
      ['wrong-unit', 'line 3', 'found 100.6 for cpu, which is a percentage from 0 to 100'],
    ]);
    expect(mistakes(each(0.5, 1.1), { name: 'cpu', unit: 'Share' })).toHaveLength(1);
  });

  test('of CPU that is never above 1 is perhaps a share', () => {
    const codes = (...values: number[]) =>
      made(each(...values), { name: 'cpu' }).findings.map(({ code }) => code);

    expect(codes(0.4, 1)).toEqual(['small-unit']);
    expect(codes(0.4, 1.1)).toEqual([]);
    expect(codes(Number.NaN)).toEqual(['gap', 'not-a-number']);
  });

  test('of CPU from 95 on is marked as saturated', () => {
    expect(made(each(94.9, 95, 100), { name: 'cpu' }).findings).toEqual([
      {
        code: 'saturated',
        subject: 'a.csv',
        message:
          'the CPU is at 95 % or above in 2 periods of 1 min: the demand was perhaps larger than what was served',
      },
    ]);
  });
});

describe('a unit', () => {
  test.each([
    ['requests', 'Count/Second', 60],
    ['requests', 'Count/Minute', 1],
    ['requests', 'Thousands', 1_000],
    ['cpu', 'Share', 100],
    ['latency', 'Milliseconds', 0.001],
    ['inService', 'None', 1],
  ] as const)('of %s may be %s', (name: SeriesName, unit, factor) => {
    expect(factorOf(name, unit, 60)).toEqual({ ok: true, value: factor });
    expect(unitsOf(name)).toContain(unit);
    expect(made(each(0.5), { name, unit }).series.values).toEqual([0.5 * factor]);
  });

  test.each([
    ['requests', 'Bytes', 'Count, None, Thousands, Count/Second, Count/Minute'],
    ['backlog', 'Count/Second', 'Count, None, Thousands'],
    ['cpu', 'Count', 'Percent, None, Share'],
  ] as const)('of %s is not %s', (name: SeriesName, unit, units) => {
    expect(mistakes(each(1), { name, unit })).toEqual([
      ['wrong-unit', undefined, `${name} is given in ${unit}, and takes ${units}`],
    ]);
  });
});
