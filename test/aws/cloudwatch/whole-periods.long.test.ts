import type { GetMetricDataCommandInput } from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from '@jest/globals';
import { readMetrics } from '#aws/cloudwatch/read-metrics.ts';
import { lookback } from '#domain/capacity/rules/newest-value.ts';
import {
  type Found,
  isRefused,
  type MetricQuery,
  type Reading,
  type StatMetric,
} from '#domain/configuration/metric.ts';
import { NOON, seconds } from '#test/support/builders.ts';
import { CPU } from '#test/support/readings.ts';

type Client = Parameters<typeof readMetrics>[0];

/** The load wanders: each minute, and each part of one, has a total of its own. */
const loadAt = (start: number): number => 1_000 + (((start / 1_000) * 7) % 11);

const grainOf = (periodSeconds: number): number => seconds(Math.min(periodSeconds, 60));

const partsOf = (start: number, periodSeconds: number): readonly number[] => {
  const grain = grainOf(periodSeconds);
  const count = seconds(periodSeconds) / grain;
  return Array.from({ length: count }, (_, index) => start + index * grain);
};

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, each) => total + each, 0);

type Settings = Readonly<{ now: number; lateSeconds: (minute: number) => number }>;

/**
 * CloudWatch as it is documented and observed: StartTime is rounded down to the minute (or to the period
 * below it), periods are counted from there, and data that are late are left out without a word.
 */
const cloudWatch = ({ now, lateSeconds }: Settings): Client => {
  const isThere = (part: number, grain: number): boolean =>
    part + grain + seconds(lateSeconds(part)) <= now;
  const series = (from: number, to: number, periodSeconds: number) => {
    const grain = grainOf(periodSeconds);
    const begin = Math.floor(from / grain) * grain;
    const count = Math.ceil((to - begin) / seconds(periodSeconds));
    const found = Array.from({ length: count }, (_, index) => {
      const at = begin + index * seconds(periodSeconds);
      return { at, parts: partsOf(at, periodSeconds).filter((part) => isThere(part, grain)) };
    }).filter(({ parts }) => parts.length > 0);
    return {
      Timestamps: found.map(({ at }) => new Date(at)),
      Values: found.map(({ parts }) => sum(parts.map(loadAt))),
    };
  };
  const send = async ({ input }: Readonly<{ input: GetMetricDataCommandInput }>) => ({
    MetricDataResults: input.MetricDataQueries?.map(({ Id, MetricStat }) => ({
      Id,
      StatusCode: 'Complete',
      ...series(
        input.StartTime?.getTime() ?? 0,
        input.EndTime?.getTime() ?? 0,
        MetricStat?.Period ?? 0,
      ),
    })),
  });
  return { send: send as unknown as Client['send'] };
};

const PERIODS = [10, 30, 60, 300, 900, 3_600, 86_400];
const QUERIES: readonly MetricQuery[] = PERIODS.map((periodSeconds) => {
  const metric: StatMetric = { ...CPU, statistic: 'Sum', periodSeconds };
  return { metric, lookbackSeconds: lookback(metric, ['hold']) };
});

/** Late by one to three minutes, each minute by its own. */
const LATENESSES: readonly Readonly<{
  title: string;
  lateSeconds: Settings['lateSeconds'];
}>[] = [
  { title: 'a minute', lateSeconds: () => 60 },
  { title: 'three minutes', lateSeconds: () => 180 },
  {
    title: 'one to three minutes, as it happens',
    lateSeconds: (minute) => 60 + (((minute / 1_000) * 37) % 121),
  },
];

/** Every second of the shorter periods, and then every half hour of a day. */
const MOMENTS = [
  ...Array.from({ length: 900 }, (_, second) => NOON + seconds(second)),
  ...Array.from({ length: 50 }, (_, index) => NOON + seconds(900 + 1_801 * index)),
];

describe('totals of 10 seconds to a day, read side by side', () => {
  test.each(LATENESSES)('are whole at every moment with data late by $title', async (late) => {
    const wrong: unknown[] = [];
    for (const now of MOMENTS) {
      const readings = await readMetrics(cloudWatch({ now, ...late }), () => now)(QUERIES);
      wrong.push(
        ...readings.flatMap((found, index) => {
          const period = PERIODS[index] as number;
          return isRight(found, period, now) ? [] : [{ now, period, found }];
        }),
      );
    }

    expect(wrong).toEqual([]);
  });
});

const totalOf = ({ at }: Reading, period: number): number => sum(partsOf(at, period).map(loadAt));

/**
 * A whole period of CloudWatch's own, and the newest of which everything has certainly arrived; and of a younger one no
 * more than it will have.
 */
const isRight = (found: Found, period: number, now: number): boolean => {
  if (found === undefined || isRefused(found) || found.whole === undefined) return false;
  const { whole, arriving } = found;
  return (
    whole.at % seconds(period) === 0 &&
    whole.value === totalOf(whole, period) &&
    (now - whole.at) / 1_000 < 2 * period + 180 &&
    (arriving === undefined ||
      (arriving.at > whole.at && arriving.value <= totalOf(arriving, period)))
  );
};
