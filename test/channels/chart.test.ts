import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { blankCanvas, blend, fillBox } from '#channels/chart/canvas.ts';
import { chartPng } from '#channels/chart/draw-chart.ts';
import { encodePng } from '#channels/chart/png.ts';
import { spanOf, valueScale } from '#channels/chart/scale.ts';
import { textWidth, write } from '#channels/chart/text.ts';
import { timeTicks } from '#channels/chart/time-scale.ts';
import type { Chart } from '#domain/notify/chart.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import { type Decoded, decodePng } from '#test/support/decode-png.ts';

const NINE = Date.UTC(2026, 2, 2, 9);
const BLUE = '2563eb';
const RED = 'dc2626';
const DARK = '1f2937';
const WHITE = 'ffffff';
/** The tint below the line. */
const TINT = 'e0e9fc';

/** A value every five minutes from nine o'clock on. */
const aChart = (values: readonly number[], overrides: Partial<Chart> = {}): Chart => ({
  title: 'cpu',
  points: values.map((value, index) => ({ at: NINE + index * 5 * MINUTE_MS, value })),
  ...overrides,
});

const drawn = (chart: Chart): Decoded => decodePng(chartPng(chart));

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);
const rowsOf = (picture: Decoded, x: number, colour: string): readonly number[] =>
  upTo(picture.height).filter((y) => picture.at(x, y) === colour);
const columnsOf = (picture: Decoded, y: number, colour: string): readonly number[] =>
  upTo(picture.width).filter((x) => picture.at(x, y) === colour);
const count = (picture: Decoded, colour: string): number =>
  upTo(picture.width).flatMap((x) => rowsOf(picture, x, colour)).length;

/** From 0 to 100 in an hour: its axis spans 132 pixels, from 170 up to 38. */
const RISING = upTo(13).map((step) => (step * 100) / 12);

describe('the picture', () => {
  test('is small, in pixels and in bytes', () => {
    const busy = upTo(720).map((step) => 50 + 40 * Math.sin(step / 9) + 9 * Math.sin(step ** 2));
    const png = chartPng(aChart(busy, { threshold: 70, mark: NINE }));

    expect(png.length).toBeLessThan(12_000);
    expect(decodePng(png)).toMatchObject({ width: 640, height: 200 });
  });

  test('is the same for the same chart, and another for another', () => {
    const bytes = (values: readonly number[]): string =>
      Buffer.from(chartPng(aChart(values, { threshold: 70 }))).toString('hex');

    expect(bytes(RISING)).toBe(bytes([...RISING]));
    expect(bytes(RISING)).not.toBe(bytes(RISING.toReversed()));
  });

  test('is valid for any series of numbers', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    const values = fc.array(finite, { minLength: 1, maxLength: 60 });

    fc.assert(
      fc.property(values, fc.option(finite), (series, threshold) => {
        const limit = threshold === null ? {} : { threshold };
        const picture = drawn(aChart(series, { ...limit, mark: NINE }));

        expect(count(picture, DARK)).toBeGreaterThan(264);
        expect(picture.at(0, 0)).toBe(WHITE);
      }),
      { numRuns: 25 },
    );
  });

  test('is valid for whatever else is given', () => {
    const anything = fc.double();
    const points = fc.array(fc.record({ at: anything, value: anything }), { maxLength: 40 });
    const chart = fc.record(
      { title: fc.string({ unit: 'binary' }), points, threshold: anything, mark: anything },
      { requiredKeys: ['title', 'points'] },
    );

    fc.assert(
      fc.property(chart, (given) => {
        expect(drawn(given).at(639, 199)).toBe(WHITE);
      }),
      { numRuns: 25 },
    );
  });

  test('says so if there are no values, whatever else there is', () => {
    const picture = drawn(aChart([Number.NaN], { threshold: 70, mark: NINE }));

    expect(rowsOf(picture, 320, RED)).toEqual([]);
    expect(upTo(100).some((x) => picture.at(270 + x, 100) !== WHITE)).toBe(true);
  });
});

describe('the line', () => {
  test('is two pixels of blue from the first value to the last, above a light area', () => {
    const picture = drawn(aChart([50, 50, 100]));

    expect(rowsOf(picture, 200, BLUE)).toEqual([103, 104]);
    expect(picture.at(200, 102)).toBe(WHITE);
    expect(picture.at(200, 120)).toBe(TINT);
    expect(columnsOf(picture, 120, TINT)).toEqual(upTo(578).map((x) => x + 50));
  });

  test('is a dot where there is but one value', () => {
    const picture = drawn(aChart([50]));
    const centre = columnsOf(picture, 60, BLUE);

    expect(centre).toEqual([331, 332, 333, 334, 335, 336]);
    expect(count(picture, TINT)).toBe(0);
  });

  test('bridges one late value, and no longer gap', () => {
    const values = [50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50];
    const without = (...missing: readonly number[]): Decoded =>
      drawn(aChart(values.map((value, index) => (missing.includes(index) ? Number.NaN : value))));

    expect(rowsOf(without(5), 333, BLUE)).toHaveLength(2);
    expect(rowsOf(without(5, 6), 350, BLUE)).toEqual([]);
    expect(rowsOf(without(5, 6), 300, TINT)).toEqual([]);
  });

  test('hangs from zero where values are negative', () => {
    const picture = drawn(aChart([-50, -50, 50, 50]));

    expect([picture.at(100, 94), picture.at(100, 114)]).toEqual([WHITE, TINT]);
    expect([picture.at(600, 94), picture.at(600, 114)]).toEqual([TINT, WHITE]);
  });

  test('may come in any order', () => {
    const chart = aChart(RISING);
    expect(chartPng({ ...chart, points: chart.points.toReversed() })).toEqual(chartPng(chart));
  });
});

describe('the threshold', () => {
  const picture = drawn(aChart(RISING, { threshold: 70 }));

  test('is a line of red dashes at its height, as wide as the plot', () => {
    const columns = columnsOf(picture, 77, RED);

    expect(rowsOf(picture, 52, RED)).toEqual([77, 78]);
    expect(columns.slice(0, 9)).toEqual([50, 51, 52, 53, 54, 55, 56, 61, 62]);
    expect(columns.filter((x) => x < 596)).toHaveLength(350);
    expect(columnsOf(picture, 78, RED)).toEqual(expect.arrayContaining([...columns.slice(0, 350)]));
  });

  test('has its number at its end', () => {
    const reds = upTo(200).filter((y) => upTo(20).some((x) => picture.at(608 + x, y) === RED));
    expect([reds.at(0), reds.at(-1)]).toEqual([72, 83]);
  });

  test('leaves the times alone when it is at the bottom', () => {
    const low = drawn(aChart(RISING, { threshold: 0 }));
    const reds = upTo(200).filter((y) => upTo(12).some((x) => low.at(617 + x, y) === RED));

    expect(rowsOf(low, 52, RED)).toEqual([169, 170]);
    expect(reds.at(-1)).toBeLessThan(170);
  });

  test('is missing where there is none', () => {
    expect(count(drawn(aChart(RISING)), RED)).toBe(0);
    expect(count(drawn(aChart(RISING, { threshold: Number.NaN })), RED)).toBe(0);
  });

  test('stretches the axis to be seen', () => {
    expect(rowsOf(drawn(aChart([1, 2], { threshold: 200 })), 52, RED)).toEqual([37, 38]);
  });
});

describe('the mark', () => {
  test('is a dark line where the decision was made, under a triangle', () => {
    const picture = drawn(aChart(RISING, { mark: NINE + 30 * MINUTE_MS }));
    const middle = (50 + 628) / 2;

    expect(rowsOf(picture, middle, DARK)).toEqual(upTo(138).map((y) => y + 32));
    expect(columnsOf(picture, 100, DARK)).toEqual([middle - 1, middle]);
    expect(columnsOf(picture, 32, DARK)).toEqual(upTo(12).map((x) => x + middle - 6));
  });

  test('widens the time when it comes after the last value', () => {
    const picture = drawn(aChart(RISING, { mark: NINE + 120 * MINUTE_MS }));

    expect(columnsOf(picture, 100, DARK)).toEqual([627, 628]);
    expect(Math.max(...columnsOf(picture, 160, TINT))).toBe(338);
  });

  test('is missing where there is none', () => {
    const columns = columnsOf(drawn(aChart(RISING, { mark: Number.NaN })), 100, DARK);
    expect(columns).toEqual([]);
  });
});

describe('text', () => {
  const BLACK = 0;
  const written = (text: string): string => {
    const canvas = blankCanvas(textWidth(text), 16);
    write(canvas, { x: 0, y: 0, text }, BLACK);
    return canvas.pixels.join();
  };

  test('has a shape of its own for each character of ASCII', () => {
    const characters = upTo(95).map((index) => String.fromCharCode(0x20 + index));
    expect(new Set(characters.map(written)).size).toBe(95);
  });

  test.each(['é', '→', '🚨', '\u001f', '\u007f'])('shows %j as a question mark', (character) => {
    expect(written(character)).toBe(written('?'));
  });

  test('of a long title is cut before the time of the decision', () => {
    const inkEnd = (length: number): number => {
      const picture = drawn(aChart(RISING, { title: 'X'.repeat(length), mark: NINE }));
      return Math.max(...columnsOf(picture, 12, DARK));
    };

    expect(inkEnd(49) - inkEnd(48)).toBe(10);
    expect(inkEnd(50) - inkEnd(48)).toBe(-20);
  });
});

describe('an axis', () => {
  const labels = (...values: readonly number[]): string =>
    valueScale(spanOf(values))
      .ticks.map(({ label }) => label)
      .join(' ');

  test.each([
    [[41, 87], '0 25 50 75 100'],
    [[0, 101], '0 50 100 150'],
    [[0.89, 1], '0 0.25 0.50 0.75 1.00'],
    [[90, 100], '90.0 92.5 95.0 97.5 100.0'],
    [[-30, 42], '-40 -20 0 20 40 60'],
    [[-100, -95], '-100 -98 -96 -94'],
    [[0, 0], '0 0.25 0.50 0.75 1.00'],
    [[42, 42], '0 20 40 60'],
    [[-7, -7], '-8 -6 -4 -2 0'],
    [[0, 12_345], '0 5k 10k 15k'],
    [[0, 9_000], '0 2.5k 5.0k 7.5k 10.0k'],
    [[1_000_000, 1_000_004], '1000000 1000001 1000002 1000003 1000004'],
    [[0, 4e15], '0 1e15 2e15 3e15 4e15'],
    [[0, 0.000_08], '0 2e-5 4e-5 6e-5 8e-5'],
  ])('over %j is labelled %s', (values, text) => {
    expect(labels(...values)).toBe(text);
  });

  test('spans its values with few ticks, no two of which look alike or need much room', () => {
    const finite = fc.double({ min: -1e300, max: 1e300, noNaN: true });

    fc.assert(
      fc.property(finite, finite, (one, other) => {
        const { low, high, ticks } = valueScale(spanOf([one, other]));
        const texts = ticks.map(({ label }) => label);
        const slack = (high - low) * 1e-5;

        expect(low - slack).toBeLessThanOrEqual(Math.min(one, other));
        expect(high + slack).toBeGreaterThanOrEqual(Math.max(one, other));
        expect(new Set(texts).size).toBe(texts.length);
        expect(texts.length).toBeGreaterThanOrEqual(2);
        expect(texts.length).toBeLessThanOrEqual(7);
        expect(Math.max(...texts.map((text) => text.length))).toBeLessThanOrEqual(18);
      }),
    );
  });

  test.each([
    [10, '09:00 09:02 09:04 09:06 09:08 09:10'],
    [60, '09:00 09:10 09:20 09:30 09:40 09:50 10:00'],
    [1_440, '12:00 16:00 20:00 00:00 04:00 08:00'],
    [30 * 1_440, '00:00 00:00 00:00 00:00 00:00 00:00'],
  ])('over %d minutes has round times', (minutes, text) => {
    const ticks = timeTicks({ low: NINE, high: NINE + minutes * MINUTE_MS }, 6);
    expect(ticks.map(({ label }) => label).join(' ')).toBe(text);
  });
});

test('nothing is drawn outside a picture', () => {
  const canvas = blankCanvas(4, 4);
  fillBox(canvas, { x: -2, y: -2, width: 8, height: 3 }, 0);
  fillBox(canvas, { x: 2, y: 3, width: 8, height: 8 }, 0);

  expect([...canvas.pixels.keys()].filter((pixel) => canvas.pixels[pixel] === 0)).toEqual([
    0, 1, 2, 3, 14, 15,
  ]);
});

test('a picture of too many colours keeps the frequent ones and finds near ones for the rest', () => {
  const canvas = blankCanvas(64, 64);
  fillBox(canvas, { x: 0, y: 32, width: 64, height: 32 }, 0xdc2626);
  for (const x of upTo(64)) {
    for (const y of upTo(8)) blend(canvas, { x, y }, [(x << 18) | (y << 13), 1]);
  }
  const { at } = decodePng(encodePng(canvas));

  expect([at(0, 20), at(0, 40), at(0, 0)]).toEqual([WHITE, RED, '000000']);
  expect([at(61, 3), at(63, 7)]).toEqual(['f46000', 'f46000']);
});
