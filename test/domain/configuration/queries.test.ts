import { describe, expect, test } from '@jest/globals';
import type { QueryMetric } from '#domain/configuration/metric.ts';
import { natureOf, sourcesOf } from '#domain/configuration/metric-nature.ts';
import { readingWindow } from '#domain/configuration/reading-window.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import { minutes, NOON } from '#test/support/builders.ts';

const QUERY: QueryMetric = {
  kind: 'query',
  query: 'SELECT MAX(CPUUtilization) FROM "AWS/EC2"',
  periodSeconds: 60,
};

describe('a query of Metrics Insights', () => {
  test('is read no further back than three hours, and settles as an expression does', () => {
    const window = (lookbackSeconds: number) =>
      readingWindow({ metric: QUERY, lookbackSeconds }, NOON);

    expect(window(179 * 60)).toEqual({
      from: NOON - 179 * MINUTE_MS,
      to: NOON,
      wholeUntil: NOON - minutes(3),
    });
    expect(window(86_400).from).toBe(NOON - 179 * MINUTE_MS);
  });

  test('has no sources and no nature that anybody knows', () => {
    expect(sourcesOf(QUERY)).toEqual([]);
    expect(natureOf(QUERY).isWork).toBe(false);
  });
});
