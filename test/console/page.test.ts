import { describe, expect, test } from '@jest/globals';
import { isSteep, logTicks, rangeOf } from '#console/page/chart-range.ts';
import { csvOf, jsonOf } from '#console/page/export-page.ts';
import { formatTick, formatValue } from '#console/page/format-value.ts';
import { speedLabel } from '#console/page/speed-label.ts';
import {
  clockOf,
  dateOf,
  exactClockOf,
  placeAt,
  spansFor,
  windowOf,
} from '#console/page/time-window.ts';
import { minutes, NOON } from '#test/support/builders.ts';
import { aChart, aGroup, aHold, aMark } from './a-page.ts';

const HOUR = minutes(60);
const lineOf = (...values: readonly (number | null)[]) => ({
  name: 'cpu',
  style: 'line' as const,
  values,
});
const limit = (value: number) => ({ value, label: `at ${value}` });

describe('the window of time', () => {
  const times = [0, 2, 5].map((hour) => NOON + hour * HOUR);

  test.each([
    { span: '1 h', from: 4, to: 5 },
    { span: '3 h', from: 2, to: 5 },
    { span: '12 h', from: 0, to: 5 },
    { span: 'all', from: 0, to: 5 },
  ] as const)('$span is from hour $from to hour $to of five', ({ span, from, to }) => {
    expect(windowOf(times, span)).toEqual({ from: NOON + from * HOUR, to: NOON + to * HOUR });
  });

  test('of a time line that has just begun is a minute, so that it can be drawn', () => {
    expect(windowOf([NOON], 'all')).toEqual({ from: NOON, to: NOON + minutes(1) });
  });

  test('offers the spans that show less than everything, and everything', () => {
    expect([spansFor(times), spansFor([NOON])]).toEqual([['1 h', '3 h', 'all'], ['all']]);
  });

  test.each([
    { at: -1, place: 0 },
    { at: 0, place: 0 },
    { at: 2 * HOUR - 1, place: 0 },
    { at: 2 * HOUR, place: 1 },
    { at: 9 * HOUR, place: 2 },
  ])('has the newest moment that is not after $at at place $place', ({ at, place }) => {
    expect(placeAt(times, NOON + at)).toBe(place);
  });

  test('is told in UTC', () => {
    expect([clockOf(NOON), exactClockOf(NOON + 7_000), dateOf(NOON)]).toEqual([
      '09:00',
      '09:00:07',
      '2026-03-02',
    ]);
  });
});

describe('the axis of a chart', () => {
  test.each([
    { values: [3, 10], thresholds: [], range: [0, 11] },
    { values: [3, 10], thresholds: [limit(20)], range: [0, 22] },
    { values: [3, 10], thresholds: [{ ...limit(50), isBound: true as const }], range: [0, 11] },
    { values: [-4, 10], thresholds: [], range: [-4, 11] },
    { values: [null], thresholds: [], range: [0, 1] },
  ])('of $values with $thresholds goes over $range', ({ values, thresholds, range }) => {
    const [low, high] = rangeOf({ lines: [lineOf(...values)], thresholds });

    expect([low, Math.round(high)]).toEqual(range);
  });

  test.each([
    { values: [90, 400], range: [10, 520] },
    { values: [0, 90], range: [10, 117] },
    { values: [100, 100], range: [100, 1_000] },
    { values: [0], range: [1, 10] },
  ])('on a log scale of $values goes over $range', ({ values, range }) => {
    const chart = { lines: [lineOf(...values)], thresholds: [], isLogarithmic: true as const };

    expect(rangeOf(chart)).toEqual(range);
  });

  test.each([
    { range: [10, 520], ticks: [10, 20, 50, 100, 200, 500] },
    { range: [1, 10_000], ticks: [1, 10, 100, 1_000, 10_000] },
    { range: [0.1, 1], ticks: [0.1, 0.2, 0.5, 1] },
  ] as const)('over $range has round ticks', ({ range, ticks }) => {
    expect(logTicks(range)).toEqual(ticks);
  });

  test.each([
    { values: [5, 81], is: true },
    { values: [5, 80], is: false },
    { values: [0, 81], is: false },
  ])('of $values beside a threshold of 10 is steep: $is', ({ values, is }) => {
    expect(isSteep({ lines: [lineOf(...values)], thresholds: [limit(10)] })).toBe(is);
  });

  test('without a threshold is never steep', () => {
    expect(isSteep({ lines: [lineOf(1, 1e6)], thresholds: [] })).toBe(false);
  });
});

describe('a value', () => {
  test.each([
    [undefined, 'no data'],
    [null, 'no data'],
    [0, '0'],
    [0.123_45, '0.123'],
    [99.96, '100'],
    [123.46, '123.5'],
    [1_234.5, '1,235'],
    [46_648_318, '46,648,318'],
    [-1_500, '-1,500'],
  ])('%p is shown as %s', (value, text) => {
    expect(formatValue(value)).toBe(text);
  });

  test.each([
    [0, '0'],
    [0.25, '0.25'],
    [5_000, '5000'],
    [50_000, '50k'],
    [1_500_000, '1.5M'],
    [2e9, '2G'],
  ])('%p at an axis is %s', (value, text) => {
    expect(formatTick(value)).toBe(text);
  });

  test.each([
    [0, '❚❚ stop'],
    [30, '30 s/s'],
    [60, '1 min/s'],
    [600, '10 min/s'],
    [3_600, '1 h/s'],
  ])('a speed of %d is %s', (speed, text) => {
    expect(speedLabel(speed)).toBe(text);
  });
});

describe('the export', () => {
  const marks = [aMark({ at: NOON + minutes(1) + 5 }), aHold({ at: NOON + minutes(3) })];
  const shown = {
    group: aGroup({ marks }),
    marks,
    window: { from: NOON, to: NOON + minutes(2) },
  };

  test('as CSV has a row for each moment that is shown, with the decisions of that moment', () => {
    expect(csvOf(shown).split('\r\n')).toEqual([
      'time,Capacity: wanted,Capacity: serving,decisions',
      '2026-03-02T09:00:00.000Z,4,4,',
      '2026-03-02T09:01:00.000Z,6,4,web-1: web 4 → 6: cpu-high: cpu > 60',
      '2026-03-02T09:02:00.000Z,6,6,',
      '',
    ]);
  });

  test('as CSV quotes what has commas and quotes, and starts no formula', () => {
    const hostile = aMark({ id: '=HYPERLINK("x")', summary: 'a, b' });
    const text = csvOf({ ...shown, group: aGroup({ charts: [] }), marks: [hostile] });

    expect(text).toContain(`"'=HYPERLINK(""x""): a, b"`);
  });

  test('as JSON has the same moments, and each decision in full', () => {
    expect(JSON.parse(jsonOf(shown))).toEqual({
      schemaVersion: 1,
      group: 'web',
      from: '2026-03-02T09:00:00.000Z',
      to: '2026-03-02T09:02:00.000Z',
      times: [0, 1, 2].map((minute) => `2026-03-02T09:0${minute}:00.000Z`),
      series: aChart().lines.map(({ name, values }) => ({
        chart: 'Capacity',
        unit: 'units',
        name,
        values: values.slice(0, 3),
      })),
      decisions: [{ ...marks[0], at: '2026-03-02T09:01:00.005Z', kind: 'out' }],
    });
  });
});
