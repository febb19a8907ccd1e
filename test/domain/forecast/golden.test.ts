import { describe, expect, test } from '@jest/globals';
import { capacityNeeded } from '#domain/forecast/capacity-needed.ts';
import { EXPERTS, weightOf } from '#domain/forecast/experts.ts';
import { forecastDemand, type Pass } from '#domain/forecast/forecast-demand.ts';
import { type Caution, type Horizon, quantileOf } from '#domain/forecast/horizon.ts';
import { GOLDEN, type GoldenCase, windowOf } from './golden.ts';

const USUAL: Caution = { risk: 0.1, margin: 0.1 };

describe.each(GOLDEN)('$name: $note', (golden) => {
  test.each(golden.expected.horizons)(
    'forecasts $horizon minutes ahead as the reference does',
    (expected) => {
      const forecast = forecastOf(golden, USUAL);

      const horizon = forecast.horizons.find(({ minutes }) => minutes === expected.horizon)!;
      const near = 1e-6 * Math.max(expected.forecast, 1e-6);
      expect(horizon.scale.judged).toBe(expected.scored);
      expect(Math.abs(horizon.forecast - expected.forecast)).toBeLessThanOrEqual(near);
      expect(Math.abs(horizon.spread - expected.spread)).toBeLessThanOrEqual(near);
      expect(Math.abs(horizon.scale.exponent - expected.exponent)).toBeLessThanOrEqual(1e-6);
      expect(Math.abs(horizon.quantile - expected.q90)).toBeLessThanOrEqual(near);
      expect(Math.abs(quantileOf(horizon, 0.5) - expected.q50)).toBeLessThanOrEqual(near);
      expect(Math.abs(quantileOf(horizon, 0.01) - expected.q99)).toBeLessThanOrEqual(near);
      for (const [expert, weight] of weightsOf(horizon).entries()) {
        expect(Math.abs(weight - expected.weights[expert]!)).toBeLessThanOrEqual(1e-5);
      }
    },
  );

  test('needs the capacity that the reference needs', () => {
    const wish = (caution: Caution): number =>
      capacityNeeded(forecastOf(golden, caution), golden.perUnit);

    expect({
      wish: wish(USUAL),
      wishRisk30NoMargin: wish({ risk: 0.3, margin: 0 }),
      wishRisk10Margin30: wish({ risk: 0.1, margin: 0.3 }),
    }).toEqual({
      wish: golden.expected.wish,
      wishRisk30NoMargin: golden.expected.wishRisk30NoMargin,
      wishRisk10Margin30: golden.expected.wishRisk10Margin30,
    });
  });
});

const forecastOf = (golden: GoldenCase, caution: Caution): Pass =>
  forecastDemand(windowOf(golden), golden.horizons, caution)!;

const weightsOf = ({ experts }: Horizon): readonly number[] => {
  const weights = EXPERTS.map((_, expert) => weightOf(experts, expert));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
};
