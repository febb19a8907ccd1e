import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { makeTrace } from '#simulator/backtest/generators.ts';
import { optimumOf } from '#simulator/backtest/optimum.ts';
import { optimumResult } from '#simulator/backtest/optimum-result.ts';
import { lookAhead, staticPeak } from '#simulator/backtest/policies/fixed.ts';
import { hpa } from '#simulator/backtest/policies/hpa.ts';
import { targetTracking } from '#simulator/backtest/policies/target-tracking.ts';
import { cheapestAt, relaxedOptimumOf } from '#simulator/backtest/relaxed-optimum.ts';
import { violatedShare } from '#simulator/backtest/result.ts';
import { backtest } from '#simulator/backtest/run.ts';
import type { World } from '#simulator/backtest/world.ts';
import { aCourse, aTrace, aWorld } from './a-world.ts';

/** A world whose need is given tick by tick; a switch costs 160 s, as much as ten ticks and two thirds. */
const needing = (need: readonly number[], max: number): World => {
  const world = aWorld(aTrace([1]), { max });
  return {
    ...world,
    ticks: need.length,
    need: Int32Array.from(need),
    arrivals: Float64Array.from(need),
    isHole: new Uint8Array(need.length),
  };
};

/** The cost of the cheapest course of all, in seconds, found by trying every one of them. */
const byTryingAll = ({ need, conditions: { min, max, tickSeconds }, switchSeconds }: World) => {
  const cheapest = (tick: number, before: number): number => {
    if (tick === need.length) return 0;
    let best = Number.POSITIVE_INFINITY;
    for (let capacity = Math.max(min, need[tick]!); capacity <= max; capacity += 1) {
      const cost = capacity * tickSeconds + Math.max(0, capacity - before) * switchSeconds;
      best = Math.min(best, cost + cheapest(tick + 1, capacity));
    }
    return best;
  };
  return cheapest(0, Number.POSITIVE_INFINITY);
};

const needs = (most: number, longest: number) =>
  fc.array(fc.integer({ min: 0, max: most }), { minLength: 1, maxLength: longest });

describe('the exact optimum', () => {
  test('costs what the cheapest of all courses costs', () => {
    fc.assert(
      fc.property(needs(3, 7), fc.integer({ min: 1, max: 4 }), (need, ticks) => {
        const world = { ...needing(need, 3), switchSeconds: 15 * ticks };
        expect(optimumOf(world).instanceHours * 3_600).toBeCloseTo(byTryingAll(world), 6);
      }),
    );
  });

  test('costs what dynamic programming finds when a violation is beyond price', () => {
    fc.assert(
      fc.property(needs(12, 120), fc.integer({ min: 0, max: 300 }), (need, switchSeconds) => {
        const world = { ...needing(need, 12), switchSeconds };
        expect(optimumOf(world).instanceHours * 3_600).toBeCloseTo(cheapestAt(world, 1e9), 4);
      }),
    );
  });

  test('keeps an instance over a gap that costs no more than a switch, and no longer one', () => {
    const gap = (ticks: number) =>
      optimumOf(needing([2, ...Array(ticks).fill(1), 2], 5)).capacity.slice(1, -1);
    expect([...gap(10)]).toEqual(Array(10).fill(2));
    expect([...gap(11)]).toEqual(Array(11).fill(1));
  });

  test('begins with what it likes, and lets go what is not needed again', () => {
    expect([...optimumOf(needing([1, 1, 3, 2, 1], 5)).capacity]).toEqual([3, 3, 3, 2, 1]);
  });

  test('stays within the bounds, and takes what lies beyond as unavoidable', () => {
    const world = needing([0, 9, 0], 4);
    expect(Math.max(...optimumOf(world).capacity)).toBe(4);
    expect(Math.min(...optimumOf(world).capacity)).toBe(1);
  });
});

describe('the optimum with violations', () => {
  test('needs no more than the exact one, and less the more may be violated', () => {
    const world = aWorld(makeTrace('flash crowd', { days: 1, peak: 20 }), { max: 25 });
    const relaxed = relaxedOptimumOf(world);
    const bounds = [0, 0.001, 0.01, 0.05].map((share) => relaxed(share));
    expect(bounds[0]).toBeCloseTo(optimumOf(world).instanceHours, 4);
    expect(bounds).toEqual(bounds.toSorted((a, b) => b - a));
    expect(bounds[3]).toBeLessThan(bounds[0]!);
  });
});

describe.each(['spike', 'on-off', 'diurnal with noise', 'flash crowd'] as const)(
  'under a load of the shape %s',
  (shape) => {
    const world = aWorld(makeTrace(shape, { days: 1, peak: 20 }), { max: 30 });
    const relaxed = relaxedOptimumOf(world);

    test.each([
      ['static peak', staticPeak()],
      ['nine tenths of the peak', staticPeak(0.9)],
      [
        'target tracking',
        targetTracking({ followed: 'requests', target: 0.9, lowShare: 0.9, warmupSeconds: 0 }),
      ],
      ['a bold HPA', hpa({ followed: 'requests', target: 1, tolerance: 0, downSeconds: 0 })],
      ['one boot of sight', lookAhead(150)],
    ] as const)('%s costs no less than the optimum of its violations', (_name, policy) => {
      const result = backtest(world, policy);
      expect(result.instanceHours).toBeGreaterThanOrEqual(relaxed(violatedShare(result)) - 1e-9);
    });

    test('one boot of sight violates nothing and costs at most a hundredth more than the optimum', () => {
      const result = backtest(world, lookAhead(165));
      expect(result.violatedRequests).toBe(0);
      expect(result.instanceHours / optimumOf(world).instanceHours).toBeLessThan(1.01);
    });
  },
);

describe('the optimum as a result', () => {
  test('violates nothing where the maximum leaves room, whatever comes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), (seed) => {
        const trace = makeTrace('diurnal with noise', { days: 1, peak: 60 });
        const world = aWorld(trace, { arrivals: 'poisson' }, seed);
        const { violatedRequests, requests, instanceHours } = optimumResult(world);

        expect(violatedRequests).toBe(0);
        expect(requests).toBeGreaterThan(0);
        expect(instanceHours).toBe(optimumOf(world).instanceHours);
      }),
      { numRuns: 20 },
    );
  });

  test('counts what nobody could have served below the maximum', () => {
    const world = aWorld(aCourse([4, 10], [12, 20], [4, 30]), { max: 10 });
    const optimum = optimumResult(world);
    const peak = backtest(world, staticPeak(1));

    expect(optimum.violatedRequests).toBe(peak.violatedRequests);
    expect(optimum.violatedRequests).toBeGreaterThanOrEqual(12 * 60 * 20);
    expect(optimum.minutesAtMaximum).toBeGreaterThanOrEqual(20);
    expect(optimum.changes).toBe(2);
    expect(optimum.reversals).toBe(1);
  });
});
