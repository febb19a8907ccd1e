import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { logAxis, timeAxis, valueAxis } from '#simulator/compare/axis.ts';

describe('an axis of values', () => {
  test.each([
    { largest: 0, ticks: [0, 0.5, 1] },
    { largest: 9, ticks: [0, 5, 10] },
    { largest: 10, ticks: [0, 5, 10] },
    { largest: 11, ticks: [0, 5, 10, 15] },
    { largest: 800, ticks: [0, 200, 400, 600, 800] },
    { largest: 801, ticks: [0, 500, 1000] },
  ])('up to $largest has round ticks from zero to no less', ({ largest, ticks }) => {
    expect(valueAxis(largest, [100, 0]).ticks).toEqual(ticks);
  });

  test('maps zero to the bottom and its end to the top', () => {
    const axis = valueAxis(800, [180, 20]);

    expect([axis.of(0), axis.of(400), axis.of(800)]).toEqual([180, 100, 20]);
  });

  test('never leaves the plot', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (largest) => {
        const axis = valueAxis(largest, [100, 0]);
        expect(axis.of(largest)).toBeGreaterThanOrEqual(0);
        expect(axis.ticks.length).toBeLessThanOrEqual(7);
      }),
    );
  });
});

describe('a logarithmic axis', () => {
  test.each([
    { of: [90, 400], ticks: [10, 20, 50, 100, 200, 500] },
    { of: [90, 10_000], ticks: [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000] },
    { of: [1, 100_000], ticks: [1, 10, 100, 1_000, 10_000, 100_000] },
    { of: [0, 0], ticks: [1, 2, 5, 10] },
    { of: [0.12, 10], ticks: [0.1, 0.2, 0.5, 1, 2, 5, 10] },
    { of: [100, 100], ticks: [100, 200, 500, 1_000] },
  ] as const)('over $of has round ticks', ({ of, ticks }) => {
    expect(logAxis([of[0], of[1]], [100, 0]).ticks).toEqual(ticks);
  });

  test('gives each power of ten the same room, and never leaves the plot', () => {
    const axis = logAxis([100, 10_000], [100, 0]);

    expect([1, 100, 1_000, 10_000, 1e9].map((value) => Math.round(axis.of(value)))).toEqual([
      100, 100, 50, 0, 0,
    ]);
  });
});

const HOUR = 3_600_000;

describe('an axis of time', () => {
  test.each([
    { hours: 24, count: 13, step: 2 },
    { hours: 12, count: 13, step: 1 },
    { hours: 1, count: 5, step: 0.25 },
    { hours: 168, count: 8, step: 24 },
  ])('over $hours h has a tick every $step h', ({ hours, count, step }) => {
    const start = Date.UTC(2026, 2, 2);
    const { ticks } = timeAxis([start, start + hours * HOUR], [0, 100]);

    expect(ticks).toHaveLength(count);
    expect((ticks[1] ?? 0) - (ticks[0] ?? 0)).toBe(step * HOUR);
  });

  test('has its ticks at round hours, wherever it starts', () => {
    const start = Date.UTC(2026, 2, 2, 9, 17);
    const { ticks } = timeAxis([start, start + 12 * HOUR], [0, 100]);

    expect(ticks[0]).toBe(Date.UTC(2026, 2, 2, 10));
  });
});
