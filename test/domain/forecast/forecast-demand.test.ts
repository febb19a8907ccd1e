import { expect, test } from '@jest/globals';
import { capacityNeeded, horizonsOf } from '#domain/forecast/capacity-needed.ts';
import type { DemandWindow } from '#domain/forecast/demand-window.ts';
import { forecastDemand, takeLowerBounds } from '#domain/forecast/forecast-demand.ts';

const CAUTION = { risk: 0.1, margin: 0.1 };
const aWindow = (minutes: readonly number[]): DemandWindow => ({
  startSeconds: 1_740_000_000,
  minutes: Float64Array.from(minutes),
  firstBin: 0,
  fives: new Float64Array(0),
});

test.each([
  { title: 'no minute at all', minutes: [] },
  { title: 'missing minutes only', minutes: [Number.NaN, Number.NaN] },
])('makes no forecast of $title', ({ minutes }) => {
  expect(forecastDemand(aWindow(minutes), [2], CAUTION)).toBeUndefined();
});

test('begins with the first minute that is known', () => {
  const forecast = forecastDemand(aWindow([Number.NaN, Number.NaN, 50]), [2], CAUTION);

  expect(forecast?.level.count).toBe(1);
  expect(forecast?.horizons[0]?.forecast).toBe(50);
});

const RISING = Array.from({ length: 40 }, (_, minute) => 100 + minute);

test('takes a lower bound of a later minute for its demand where that is more than a missing one is filled with', () => {
  const seen = aWindow(RISING);
  const pass = forecastDemand(seen, [2], CAUTION);
  const before = structuredClone(pass);
  const bounded = (...bounds: readonly (number | null)[]) =>
    pass && takeLowerBounds(pass, seen, bounds);
  const known = forecastDemand(aWindow([...RISING, 200]), [2], CAUTION);
  const missing = forecastDemand(aWindow([...RISING, Number.NaN]), [2], CAUTION);

  expect(bounded(200)?.horizons[0]?.forecast).toBe(known?.horizons[0]?.forecast);
  expect(bounded(50)?.horizons[0]?.forecast).toBe(missing?.horizons[0]?.forecast);
  expect(bounded(null)?.horizons[0]?.forecast).toBe(missing?.horizons[0]?.forecast);
  expect(pass).toEqual(before);
});

test('takes a negative value for none at all', () => {
  const forecast = forecastDemand(aWindow([-5]), [2], CAUTION);

  expect(forecast?.horizons[0]?.forecast).toBe(0);
  expect(forecast && capacityNeeded(forecast, 10)).toBe(0);
});

test('tells how often the quantile was exceeded, and how often the margin did not cover it either', () => {
  // Ten minutes ahead of the first comparison the scale is learned; then one jump of a half, and one of ten times.
  const minutes = Array.from({ length: 40 }, (_, minute) => 100 + (minute % 2));
  minutes.push(107, 100, 101, 1_000);

  const horizon = forecastDemand(aWindow(minutes), [1], CAUTION)?.horizons[0];

  expect(horizon?.compared).toBe(minutes.length - 1 - 10);
  expect(horizon?.missed).toBe(2);
  expect(horizon?.missedWithMargin).toBe(1);
});

test.each([
  { delay: 60, lead: 157, period: 60, horizons: { near: 2, far: 6 } },
  { delay: 5, lead: 157, period: 60, horizons: { near: 2, far: 5 } },
  { delay: 0, lead: 157, period: 60, horizons: { near: 1, far: 5 } },
  { delay: 60, lead: 40, period: 60, horizons: { near: 2, far: 4 } },
  { delay: 180, lead: 0, period: 0, horizons: { near: 4, far: 4 } },
  { delay: 60, lead: 3_600, period: 60, horizons: { near: 2, far: 30 } },
  { delay: 7_200, lead: 60, period: 60, horizons: { near: 30, far: 30 } },
])('with $delay s of delay and $lead s of lead looks $horizons ahead', ({ horizons, ...lags }) => {
  expect(horizonsOf(lags)).toEqual(horizons);
});
