import { describe, expect, test } from '@jest/globals';
import { courseOf, readCourses } from '#cli/drill/load/read-metrics.ts';
import type { StatMetric } from '#domain/configuration/metric.ts';
import { minutes, NOON } from '#test/support/builders.ts';

const CPU: StatMetric = {
  kind: 'stat',
  namespace: 'AWS/EC2',
  metricName: 'CPUUtilization',
  dimensions: { AutoScalingGroupName: 'web-prod' },
  statistic: 'Average',
  periodSeconds: 60,
};
const NAMED = { name: 'cpu', periodSeconds: 60 };

/** A datapoint at each minute before or after noon. */
const points = (...values: readonly (readonly [minute: number, value: number])[]) =>
  new Map(values.map(([minute, value]) => [NOON + minutes(minute), value]));

describe('the course of a metric', () => {
  test('has the mean before, and the range and the newest value since', () => {
    const seen = points([2, 40], [-2, 10], [-1, 30], [0, 50], [1, 90]);

    expect(courseOf(NAMED, seen, NOON)).toEqual({
      name: 'cpu',
      before: 20,
      least: 40,
      most: 90,
      last: 40,
      points: 3,
    });
  });

  test('counts a period in which the load began as one since', () => {
    expect(courseOf(NAMED, points([-1, 30]), NOON - 1)).toMatchObject({ points: 1, last: 30 });
    expect(courseOf(NAMED, points([-1, 30]), NOON)).toEqual({ name: 'cpu', before: 30, points: 0 });
  });

  test('has no figures without datapoints', () => {
    expect(courseOf(NAMED, points(), NOON)).toEqual({ name: 'cpu', points: 0 });
  });
});

test('each metric is asked for alone, from ten minutes before, and one that fails spoils no other', async () => {
  const asked: (readonly [string, number, number])[] = [];
  const courses = await readCourses(
    async ([metric], from, to) => {
      const { metricName } = metric as StatMetric;
      asked.push([metricName, from - NOON, to - NOON]);
      if (metricName === 'Secret') throw new Error('not yours');
      return [points([0, 5])];
    },
    { cpu: CPU, secret: { ...CPU, metricName: 'Secret' } },
    { startedAt: NOON + 1_000, now: NOON + minutes(3) },
  );

  expect(asked).toEqual([
    ['CPUUtilization', minutes(-10), minutes(3)],
    ['Secret', minutes(-10), minutes(3)],
  ]);
  expect(courses).toEqual([
    { name: 'cpu', least: 5, most: 5, last: 5, points: 1 },
    { name: 'secret', points: 0, trouble: 'not yours' },
  ]);
});
