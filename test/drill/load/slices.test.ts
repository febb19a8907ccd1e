import { describe, expect, test } from '@jest/globals';
import { lanesOf, slicesOf } from './slices.ts';

describe('a load is cut into slices of five seconds', () => {
  test('which follow a ramp by its middle', () => {
    expect(slicesOf([{ seconds: 10, from: 10, to: 30 }])).toEqual([
      { at: 0, seconds: 5, rate: 15, waitMs: 600 },
      { at: 5_000, seconds: 5, rate: 25, waitMs: 600 },
    ]);
  });

  test('of which the last one of a stage may be shorter, and the next stage begins after it', () => {
    const load = [
      { seconds: 7, from: 4, to: 4 },
      { seconds: 5, from: 8, to: 8, waitMs: 900 },
    ];

    expect(slicesOf(load)).toEqual([
      { at: 0, seconds: 5, rate: 4, waitMs: 600 },
      { at: 5_000, seconds: 2, rate: 4, waitMs: 600 },
      { at: 7_000, seconds: 5, rate: 8, waitMs: 900 },
    ]);
  });

  test.each([
    { rate: 200, refusal: undefined },
    { rate: 201, refusal: 'a stage asks for 201 requests a second; expected at most 200' },
  ])('of at most 200 requests a second: $rate', ({ rate, refusal }) => {
    const cut = () => slicesOf([{ seconds: 5, from: rate, to: rate }]);

    if (refusal === undefined) expect(cut()).toHaveLength(1);
    else expect(cut).toThrow(refusal);
  });
});

describe('a rate is parted into lanes', () => {
  test.each([
    { rate: 0, lanes: 0 },
    { rate: 1, lanes: 1 },
    { rate: 19, lanes: 19 },
    { rate: 20, lanes: 20 },
    { rate: 45, lanes: 20 },
  ])('of which $rate a second make $lanes, and lose nothing', ({ rate, lanes }) => {
    const parted = lanesOf(rate);

    expect(parted).toHaveLength(lanes);
    expect(parted.reduce((sum, lane) => sum + lane.rate, 0)).toBe(rate);
  });

  test('that begin evenly within a second', () => {
    expect(lanesOf(4).map(({ at }) => at)).toEqual([0, 250, 500, 750]);
  });
});
