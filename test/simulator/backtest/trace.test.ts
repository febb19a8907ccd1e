import { describe, expect, test } from '@jest/globals';
import { makeTrace, SHAPE_NAMES } from '#simulator/backtest/generators.ts';
import { readTrace } from '#simulator/backtest/read-trace.ts';
import { largestOf } from '#simulator/backtest/series.ts';
import { demandOver, lastPart, scaledToPeak, secondsIn } from '#simulator/backtest/trace.ts';
import { aTrace } from './a-world.ts';

const read = (...lines: readonly string[]) =>
  readTrace(['timestamp,value', ...lines].join('\n'), 'a.csv');

describe('a file of timestamp,value', () => {
  test('becomes demand in a second on its own grid', () => {
    expect(read('2026-03-02T00:00:00Z,60', '2026-03-02T00:01:00Z,120')).toEqual({
      ok: true,
      value: {
        name: 'a.csv',
        start: 1_772_409_600,
        stepSeconds: 60,
        demand: Float64Array.from([1, 2]),
        saturated: new Uint8Array(2),
      },
    });
  });

  test('keeps a missing line and an empty value as holes', () => {
    const trace = read(
      ...['2026-03-02T00:00:00Z,60', '2026-03-02T00:01:00Z,', '2026-03-02T00:03:00Z,60'],
    );
    expect(trace).toMatchObject({
      value: { demand: Float64Array.from([1, Number.NaN, Number.NaN, 1]) },
    });
  });

  test.each([
    ['another header', ['time,value'], 'line 1: found "time,value"'],
    [
      'a negative value',
      ['timestamp,value', '2026-03-02T00:00:00Z,-1'],
      'line 2: found "2026-03-02T00:00:00Z,-1"',
    ],
    ['no number', ['timestamp,value', '2026-03-02T00:00:00Z,NaN'], 'line 2'],
    ['no time', ['timestamp,value', 'yesterday,1'], 'line 2: found "yesterday,1"'],
    ['one line', ['timestamp,value', '2026-03-02T00:00:00Z,1'], 'found 1 values'],
    [
      'a time twice',
      [
        'timestamp,value',
        '2026-03-02T00:00:00Z,1',
        '2026-03-02T00:01:00Z,1',
        '2026-03-02T00:01:00Z,1',
        '2026-03-02T00:04:00Z,1',
      ],
      'line 4: found a time off the grid',
    ],
    [
      'a time off the grid',
      [
        'timestamp,value',
        '2026-03-02T00:00:00Z,1',
        '2026-03-02T00:01:00Z,1',
        '2026-03-02T00:02:30Z,1',
        '2026-03-02T00:05:00Z,1',
      ],
      'line 4: found a time off the grid of 60 s',
    ],
    [
      'time that runs back',
      ['timestamp,value', '2026-03-02T00:01:00Z,1', '2026-03-02T00:00:00Z,1'],
      'do not grow',
    ],
  ])('with %s says what was found', (_what, lines, message) => {
    const result = readTrace(lines.join('\n'), 'a.csv');
    expect(result.ok ? '' : result.problem).toContain(message);
  });
});

describe('a trace', () => {
  test('has a straight line between the middles of its steps, and over its holes', () => {
    const demand = demandOver(aTrace([0, 60, Number.NaN, Number.NaN, 0]));
    expect([0, 30, 60, 90, 150, 210, 999].map(demand)).toEqual([0, 0, 30, 60, 40, 20, 0]);
  });

  test('without anything known has no demand', () => {
    expect(demandOver(aTrace([Number.NaN]))(30)).toBe(0);
  });

  test('is scaled by its peak and cut from its end', () => {
    const part = lastPart(scaledToPeak(aTrace([8, 1, 2]), 16), 120);
    expect([part.start, [...part.demand]]).toEqual([1_772_409_660, [2, 4]]);
  });

  test.each(SHAPE_NAMES)('can be made up: %s', (shape) => {
    const trace = makeTrace(shape, { days: 2, peak: 100 });
    expect(secondsIn(trace)).toBe(172_800);
    expect(largestOf(trace.demand)).toBeGreaterThan(90);
    expect(largestOf(trace.demand)).toBeLessThanOrEqual(110);
    expect(trace).toEqual(makeTrace(shape, { days: 2, peak: 100 }));
  });
});
