import { describe, expect, test } from '@jest/globals';
import { demandOf } from '#domain/capacity/rules/demand.ts';
import { forecastOf } from '#domain/capacity/rules/forecast-of.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import { createDemandReader } from '#simulator/backtest/tidegate/demands.ts';
import { aGroup } from '#test/support/builders.ts';
import { FORECAST } from '#test/support/demand.ts';
import { REQUESTS } from '#test/support/readings.ts';
import { aCourse, aWorld } from './a-world.ts';

const START = 1_772_409_600_000;
const GROUP: Group = aGroup({ rules: [FORECAST], metrics: { requests: REQUESTS } });
const WANTED = { near: 4, far: 8, risk: 0.1, margin: 0.1, missing: Number.NaN };

type ValueAt = (metric: Metric, begin: Instant, now: Instant) => number | undefined;

/** A day and a half of requests, none in the first ten minutes; some minutes are missing, and one comes late. */
const valueAt: ValueAt = ({ periodSeconds }, begin, now) => {
  const minute = (begin - START) / MINUTE_MS;
  const isLate = minute === 100 && now < START + 110 * MINUTE_MS;
  if (minute < 0 || begin + periodSeconds * 1_000 > now - MINUTE_MS || isLate) return undefined;
  if (periodSeconds === 60 && minute % 37 === 5) return undefined;
  const perMinute = minute < 10 ? 0 : 1_000 + 997.3 * Math.sin(minute / 200) + (minute % 7);
  return (periodSeconds / 60) * perMinute;
};

/** The same as CloudWatch would answer it. */
const pastAt = (now: Instant) => {
  const read = (metric: Metric) =>
    Array.from({ length: 2_400 }, (_, index) => {
      const at = START + index * metric.periodSeconds * 1_000;
      const value = valueAt(metric, at, now);
      return value === undefined ? [] : [{ at, value }];
    }).flat();
  return { minutes: read(REQUESTS), fives: read({ ...REQUESTS, periodSeconds: 300 }) };
};

const readIn = (world = aWorld(aCourse([10, 30])), values = valueAt) => {
  const read = createDemandReader(GROUP, { world, valueAt: values, startMs: START });
  return (minute: number) => read(START + minute * MINUTE_MS + 60).demands?.requests;
};
const listed = (demand: ReturnType<ReturnType<typeof readIn>>) => demand && { ...demand };

describe('the demand in a backtest', () => {
  test.each([2, 5, 12, 60, 103, 104, 112, 118, 183, 1_439, 1_503, 2_100])(
    'is what a deployment takes from CloudWatch, at minute %d',
    (end) => {
      const read = readIn();
      for (let minute = Math.max(0, end - 130); minute < end; minute += 1) read(minute);
      const now = START + end * MINUTE_MS + 60;
      expect(listed(read(end))).toEqual(demandOf(REQUESTS, pastAt(now), { now }));
    },
  );

  test('is forecast as from a window of its own', () => {
    const read = readIn();
    for (let minute = 0; minute <= 130; minute += 1) {
      const demand = read(minute)!;
      const again = { ...demand };
      expect(forecastOf(demand, WANTED)).toEqual(forecastOf(again, WANTED));
    }
  });

  test('is shared by the runs of a world while they see the same, and by no other', () => {
    const world = aWorld(aCourse([10, 30]));
    const [first, second] = [readIn(world), readIn(world)];
    const third = readIn(world, (metric, begin, now) => {
      const value = valueAt(metric, begin, now);
      return value !== undefined && begin >= START + 60 * MINUTE_MS ? value + 1 : value;
    });
    const all = [first, second, third, readIn()].map((read) => [read(50), read(90)]);

    expect(all[1]).toEqual([all[0]?.[0], all[0]?.[1]]);
    expect(all[1]?.[0]).toBe(all[0]?.[0]);
    expect(all[1]?.[1]).toBe(all[0]?.[1]);
    expect(all[2]?.[0]).toBe(all[0]?.[0]);
    expect(all[2]?.[1]).not.toEqual(all[0]?.[1]);
    expect(all[3]?.[0]).not.toBe(all[0]?.[0]);
  });

  test('is not looked at by groups whose rules forecast nothing', () => {
    const source = { world: aWorld(aCourse([10, 30])), valueAt, startMs: START };
    expect(createDemandReader(aGroup({ rules: [] }), source)(START)).toEqual({});
  });
});
