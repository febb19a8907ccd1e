import { describe, expect, test } from '@jest/globals';
import {
  arrivingDemandOf,
  delaySeconds,
  demandOf,
  demandSpan,
  windowOf,
  withPeriod,
} from '#domain/capacity/rules/demand.ts';
import type { MathMetric, Past } from '#domain/configuration/metric.ts';
import { isCount } from '#domain/configuration/reading-window.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import { minutes, NOON } from '#test/support/builders.ts';
import { CPU, REQUESTS } from '#test/support/readings.ts';

const TWO: MathMetric = {
  kind: 'math',
  expression: 'a + b',
  uses: { a: REQUESTS, b: REQUESTS },
  periodSeconds: 60,
};
const QUERY = { kind: 'query', query: 'SELECT SUM(X) FROM Y', periodSeconds: 60 } as const;

/** Values by the minutes before noon at which their period begins. */
const past = (byMinute: Record<number, number>, byBin: Record<number, number> = {}): Past => ({
  minutes: readings(byMinute),
  fives: readings(byBin),
});
const readings = (values: Record<number, number>) =>
  Object.entries(values).map(([ago, value]) => ({ at: NOON - minutes(Number(ago)), value }));

describe('demand', () => {
  test('has the whole minutes, the oldest first, null where one is missing', () => {
    expect(demandOf(REQUESTS, past({ 4: 30, 7: 10, 5: 20, 2: 99 }), { now: NOON })).toEqual({
      start: NOON / 1_000 - 7 * 60,
      minutes: [10, null, 20, 30],
      firstBin: 0,
      fives: [],
    });
  });

  test('takes a value that is no total after a minute', () => {
    expect(demandOf(CPU, past({ 4: 30, 2: 40 }), { now: NOON }).minutes).toEqual([30, null, 40]);
    expect([REQUESTS, CPU, TWO, QUERY].map((metric) => delaySeconds(metric))).toEqual([
      180, 60, 180, 180,
    ]);
  });

  test('is sooner for what is published in periods of less than a minute', () => {
    const fine = { ...CPU, periodSeconds: 15 };
    const total = { ...REQUESTS, periodSeconds: 15 };

    const soon = { ...total, wholeAfterSeconds: 20 };
    expect([fine, total, soon].map((metric) => delaySeconds(metric))).toEqual([15, 180, 20]);
  });

  test('reaches back a day from the end of the hour, and five-minute means of totals eight days', () => {
    const [day, week] = [1_440, 8 * 1_440];
    const found = demandOf(
      REQUESTS,
      past(
        { [day]: 5, [day + 1]: 6, 4: 7 },
        { [week + 5]: 40, [week]: 50, [week - 5]: 60, [day - 35]: 70, [day - 40]: 75, 60: 80 },
      ),
      { now: NOON },
    );
    expect(found.start).toBe(NOON / 1_000 - day * 60);
    expect(found.minutes).toHaveLength(day - 3);
    expect(found.firstBin * 300).toBe(NOON / 1_000 - week * 60);
    expect(found.fives.slice(0, 2)).toEqual([10, 12]);
    expect(found.fives.slice(-2)).toEqual([null, 14]);
    expect(found.fives).toHaveLength(8 * 288 - 288 + 8);
    expect(demandOf(CPU, past({}, { [week]: 60 }), { now: NOON }).fives[0]).toBe(60);
  });

  test.each([
    { at: NOON + minutes(3), minutesBefore: 1_440 },
    { at: NOON + minutes(4), minutesBefore: 1_381 },
  ])('begins alike within an hour: with $minutesBefore minutes', ({ at, minutesBefore }) => {
    expect(demandSpan(REQUESTS, { now: at })).toMatchObject({
      firstMinute: at / MINUTE_MS - 3 - minutesBefore,
      endMinute: at / MINUTE_MS - 3,
    });
  });

  test('that is arriving is what younger minutes have more than the newest whole one', () => {
    const now = NOON + minutes(1) - 1;
    const arriving = (byMinute: Record<number, number>) =>
      arrivingDemandOf(
        REQUESTS,
        { minutes: [10, 30, null] },
        { arriving: readings(byMinute), now },
      );

    expect(arriving({ 3: 40.12345678, 2: 30, 1: 60, 0: 12 })).toEqual([40.1235, null, 60]);
    expect(arriving({ 0: 31 })).toEqual([null, null, null, 31]);
    expect(arriving({ 3: 30, 0: 29 })).toEqual([]);
    expect(arriving({})).toEqual([]);
  });

  test('is taken and arrives as its operators say', () => {
    const slow = { ...REQUESTS, wholeAfterSeconds: 300 };
    const quick = { ...REQUESTS, wholeAfterSeconds: 0 };
    expect([delaySeconds(slow), delaySeconds(quick)]).toEqual([300, 60]);
    const learned = (thereAt: number) => ({ absentAt: 0, thereAt });
    expect([slow, quick, CPU].map((metric) => delaySeconds(metric, learned(12)))).toEqual([
      300, 12, 12,
    ]);
    expect(delaySeconds(CPU, learned(61))).toBe(60);
    expect(demandOf(slow, past({ 7: 1, 6: 2, 5: 3 }), { now: NOON }).minutes).toEqual([1, 2]);

    const arriving = readings({ 5: 5, 1: 9 });
    expect(arrivingDemandOf(slow, { minutes: [1] }, { arriving, now: NOON })).toEqual([
      5,
      null,
      null,
      null,
      9,
    ]);
  });

  test('that is arriving is all of it while no minute is whole', () => {
    const arriving = readings({ 2: 5, 1: 0 });
    expect(arrivingDemandOf(REQUESTS, { minutes: [] }, { arriving, now: NOON })).toEqual([null, 5]);
  });

  test('leaves out hours without any before the first, and keeps them when there is nothing else', () => {
    expect(
      demandOf(REQUESTS, past({ 8: 0, 7: 0, 6: 3, 5: 0, 4: 1 }), { now: NOON }).minutes,
    ).toEqual([3, 0, 1]);
    expect(demandOf(REQUESTS, past({ 6: 0, 4: 0 }), { now: NOON }).minutes).toEqual([0, null, 0]);
    expect(demandOf(REQUESTS, past({}), { now: NOON }).minutes).toEqual([]);
  });

  test.each([
    { values: { 5: 123_456.789, 4: 1_234_567.8 }, rounded: [123_457, 1_234_568] },
    { values: { 5: 1.23456789, 4: 0.1 }, rounded: [1.23457, 0.1] },
    { values: { 5: 1e-12, 4: -5 }, rounded: [1e-12, 0] },
  ])('is rounded to six digits of the largest value: $rounded', ({ values, rounded }) => {
    expect(demandOf(REQUESTS, past(values), { now: NOON }).minutes).toEqual(rounded);
  });

  test('comes out of a record as it went in', () => {
    const demand = demandOf(REQUESTS, past({ 6: 0.1, 4: 123.456789 }, { 1500: 7 }), { now: NOON });
    expect(JSON.parse(JSON.stringify(demand))).toEqual(demand);
    expect(windowOf(demand)).toEqual({
      startSeconds: demand.start,
      minutes: Float64Array.from([0.1, Number.NaN, 123.457]),
      firstBin: demand.firstBin,
      fives: Float64Array.from(demand.fives, (value) => value ?? Number.NaN),
    });
    expect(windowOf(demand, 0).minutes).toEqual(Float64Array.from([0.1, 0, 123.457]));
  });
});

test('a metric is read in other periods with all that it uses', () => {
  expect(withPeriod(REQUESTS, 300)).toEqual({ ...REQUESTS, periodSeconds: 300 });
  expect(withPeriod(TWO, 300)).toEqual({
    ...TWO,
    periodSeconds: 300,
    uses: { a: { ...REQUESTS, periodSeconds: 300 }, b: { ...REQUESTS, periodSeconds: 300 } },
  });
});

test.each([
  { metric: REQUESTS, counts: true },
  { metric: CPU, counts: false },
  { metric: QUERY, counts: false },
  { metric: TWO, counts: true },
  { metric: { ...TWO, expression: 'a / b' }, counts: false },
  { metric: { ...TWO, expression: 'RATE(a)' }, counts: false },
  { metric: { ...TWO, uses: { a: REQUESTS, b: CPU } }, counts: false },
])('$metric.kind $metric.expression counts what came: $counts', ({ metric, counts }) => {
  expect(isCount(metric)).toBe(counts);
});
