import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { capacityNeeded } from '#domain/forecast/capacity-needed.ts';
import type { DemandWindow } from '#domain/forecast/demand-window.ts';
import { forecastDemand, type Pass } from '#domain/forecast/forecast-demand.ts';

const CAUTION = { risk: 0.1, margin: 0.1 };
const HORIZONS = [4, 8];
const DAY_MINUTES = 1_440;

/** Demand of some hours, with days before it or without, with gaps, bursts and zeros. */
const aWindow: fc.Arbitrary<DemandWindow> = fc
  .record({
    start: fc.integer({ min: 29_000_000, max: 29_100_000 }),
    minutes: fc.array(aDemand(), { minLength: 1, maxLength: 200 }),
    fives: fc.oneof(
      fc.constant<number[]>([]),
      fc.array(aDemand(), { minLength: 2_304, maxLength: 2_304 }),
    ),
  })
  .map(({ start, minutes, fives }) => ({
    startSeconds: start * 60,
    minutes: Float64Array.from(minutes),
    firstBin: Math.floor((start + minutes.length) / 5) - fives.length,
    fives: Float64Array.from(fives),
  }));

function aDemand(): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.double({ min: 50, max: 150, noNaN: true }) },
    { weight: 1, arbitrary: fc.double({ min: 0, max: 10_000, noNaN: true }) },
    { weight: 1, arbitrary: fc.constantFrom(0, Number.NaN) },
  );
}

const run = (window: DemandWindow): Pass | undefined => forecastDemand(window, HORIZONS, CAUTION);

const numbersOf = (forecast: Pass | undefined): readonly number[] =>
  forecast?.horizons.flatMap(({ forecast: value, spread, quantile, missed }) => [
    value,
    spread,
    quantile,
    missed,
  ]) ?? [];

test('the same window gives the same forecast, and stays as it is', () => {
  fc.assert(
    fc.property(aWindow, (window) => {
      const before = structuredClone(window);

      expect(numbersOf(run(window))).toEqual(numbersOf(run(window)));
      expect(window).toEqual(before);
    }),
    { numRuns: 30 },
  );
});

test('what comes later changes nothing: a longer window judges its past in the same way', () => {
  fc.assert(
    fc.property(aWindow, fc.array(aDemand(), { maxLength: 7 }), (window, later) => {
      // The last day of bins is too young to be read, whatever it holds.
      const changed = window.fives.map((value, index) =>
        index < window.fives.length - 276 ? value : value * 3 + 1,
      );
      const firstHorizon = run(window)?.horizons[1];
      const longer = run({
        ...window,
        fives: changed,
        minutes: Float64Array.from([...window.minutes, ...later]),
      })?.horizons[1];

      expect(numbersOf(run({ ...window, fives: changed }))).toEqual(numbersOf(run(window)));
      // The forecast for eight minutes ahead still waits, as it was made.
      if (firstHorizon !== undefined) {
        const place = (firstMinutes(window) - 1) % 8;
        expect(longer?.quantiles[place]).toBe(firstHorizon.quantile);
      }
    }),
    { numRuns: 30 },
  );
});

/** Minutes that are taken: the missing ones at the begin are not. */
const firstMinutes = ({ minutes }: DemandWindow): number =>
  minutes.length - minutes.findIndex((value) => !Number.isNaN(value));

test('the unit of demand does not matter: k times the demand at k times the share needs the same capacity', () => {
  fc.assert(
    fc.property(aWindow, fc.integer({ min: -8, max: 8 }), (window, power) => {
      // A power of two scales floating-point numbers without rounding.
      const scale = 2 ** power;
      const scaled = {
        ...window,
        minutes: window.minutes.map((value) => value * scale),
        fives: window.fives.map((value) => value * scale),
      };
      const needed = run(window);
      const neededScaled = run(scaled);
      if (needed === undefined || neededScaled === undefined) return;

      const quantile = needed.horizons[1]!.quantile;
      expect(Math.abs(neededScaled.horizons[1]!.quantile / scale - quantile)).toBeLessThanOrEqual(
        1e-6 * quantile + 1e-6,
      );
      expect(
        Math.abs(capacityNeeded(neededScaled, 7 * scale) - capacityNeeded(needed, 7)),
      ).toBeLessThanOrEqual(1);
    }),
    { numRuns: 30 },
  );
});

test('the date does not matter: shifted by whole days it forecasts the same', () => {
  fc.assert(
    fc.property(aWindow, fc.integer({ min: -500, max: 500 }), (window, days) => {
      const shifted = {
        ...window,
        startSeconds: window.startSeconds + days * 86_400,
        firstBin: window.firstBin + days * (DAY_MINUTES / 5),
      };
      const forecasts = numbersOf(run(shifted));

      for (const [index, value] of numbersOf(run(window)).entries()) {
        // Interpolation rounds differently at another instant, in the last digits.
        expect(Math.abs(forecasts[index]! - value)).toBeLessThanOrEqual(1e-6 * value + 1e-9);
      }
    }),
    { numRuns: 30 },
  );
});

test('missing minutes at the end never make a forecast smaller than demand was before', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 1_000, noNaN: true }),
      fc.integer({ min: 10, max: 60 }),
      fc.integer({ min: 1, max: 30 }),
      (demand, minutes, missing) => {
        const constant = Array.from({ length: minutes }, () => demand);
        const gap = Array.from({ length: missing }, () => Number.NaN);
        const forecast = run({
          startSeconds: 1_740_000_000,
          minutes: Float64Array.from([...constant, ...gap]),
          firstBin: 0,
          fives: new Float64Array(0),
        });

        expect(forecast!.horizons.every((each) => each.quantile >= demand * (1 - 1e-9))).toBe(true);
      },
    ),
    { numRuns: 50 },
  );
});
