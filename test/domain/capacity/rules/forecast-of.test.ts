import { describe, expect, test } from '@jest/globals';
import type { SeenDemand } from '#domain/capacity/rules/demand.ts';
import {
  type Foreseen,
  forecastOf,
  forecastSooner,
  goOnForecasting,
} from '#domain/capacity/rules/forecast-of.ts';
import { steadyDemand } from '#test/support/demand.ts';

const WANTED = { near: 4, far: 8, risk: 0.1, margin: 0.1, missing: Number.NaN };
const BUSY = steadyDemand({ perSecond: 300 });

/** The same demand as somebody else would have it, who knows no forecasts of it. */
const afresh = (demand: SeenDemand): SeenDemand => structuredClone(demand);
const untilMinute = (count: number): SeenDemand => ({
  ...BUSY,
  minutes: BUSY.minutes.slice(0, count),
});

/** The forecast of a later demand, after those of one before it have gone on. */
const afterGoingOn = (before: SeenDemand, later: SeenDemand): Foreseen | undefined => {
  forecastOf(before, WANTED);
  goOnForecasting(before, later);
  return forecastOf(later, WANTED);
};

describe('the forecast of a demand', () => {
  test('is made once for all who ask alike', () => {
    const demand = afresh(BUSY);
    expect(forecastOf(demand, { ...WANTED })).toBe(forecastOf(demand, { ...WANTED }));
    expect(forecastOf(afresh(demand), WANTED)).toEqual(forecastOf(demand, WANTED));
  });

  test.each([{ near: 3 }, { far: 9 }, { risk: 0.2 }, { margin: 0.2 }, { missing: 0 }])(
    'is another one with %j',
    (change) => {
      const demand = afresh(BUSY);
      expect(forecastOf(demand, { ...WANTED, ...change })).not.toBe(forecastOf(demand, WANTED));
    },
  );

  test('with minutes of which nothing has come yet has 0 as its newest value', () => {
    expect(forecastSooner(afresh(BUSY), [null], WANTED)?.newest).toBe(0);
    expect(forecastSooner(afresh(BUSY), [120], WANTED)?.newest).toBe(120);
  });

  test('knows the newest value, and until when there are any', () => {
    const { start } = BUSY;
    const demand = { ...BUSY, minutes: [60, 120, null] };
    expect(forecastOf(demand, WANTED)).toMatchObject({ newest: 120, knownUntil: start + 120 });
  });

  test('is none where nothing is known', () => {
    expect(forecastOf({ ...BUSY, minutes: [null] }, WANTED)).toBeUndefined();
    expect(forecastOf({ ...BUSY, minutes: [] }, WANTED)).toBeUndefined();
  });
});

describe('a forecast that goes on', () => {
  test('is what it would be if it were made from the whole window, minute after minute', () => {
    const all = Array.from({ length: 40 }, (_, minute) => untilMinute(60 + minute));
    for (const [index, later] of all.entries()) {
      const before = all[index - 1];
      if (before === undefined) continue;
      expect(afterGoingOn(before, later)).toEqual(forecastOf(afresh(later), WANTED));
    }
  });

  test('leaves the one that was made before as it was', () => {
    const before = untilMinute(60);
    const made = forecastOf(before, WANTED);
    const copy = structuredClone(made);
    goOnForecasting(before, untilMinute(90));
    expect(made).toEqual(copy);
    expect(forecastOf(before, WANTED)).toBe(made);
  });

  test('takes missing minutes as it is told to', () => {
    const missing = { ...WANTED, missing: 0 };
    const [before, later] = [
      untilMinute(60),
      { ...BUSY, minutes: [...untilMinute(60).minutes, null] },
    ];
    forecastOf(before, missing);
    goOnForecasting(before, later);
    expect(forecastOf(later, missing)).toEqual(forecastOf(afresh(later), missing));
  });

  test.each([
    ['another begin', (demand: SeenDemand) => ({ ...demand, start: demand.start + 60 })],
    ['another bin', (demand: SeenDemand) => ({ ...demand, firstBin: 7 })],
    ['more bins', (demand: SeenDemand) => ({ ...demand, fives: [1, 2] })],
    ['other bins', (demand: SeenDemand) => ({ ...demand, fives: [3] })],
    [
      'a value that came late',
      (demand: SeenDemand) => ({ ...demand, minutes: [1, ...demand.minutes.slice(1)] }),
    ],
    [
      'fewer minutes',
      (demand: SeenDemand) => ({ ...demand, minutes: demand.minutes.slice(0, 30) }),
    ],
  ])('does not go on with %s', (_what, change) => {
    const before = { ...untilMinute(60), fives: [2] };
    const later = change({ ...untilMinute(61), fives: [2] });
    expect(afterGoingOn(before, later)).toEqual(forecastOf(afresh(later), WANTED));
  });

  test('needs somebody who forecast before', () => {
    const [before, later] = [untilMinute(60), untilMinute(61)];
    goOnForecasting(before, later);
    expect(forecastOf(later, WANTED)).toEqual(forecastOf(afresh(later), WANTED));
  });
});
