import { describe, expect, test } from '@jest/globals';
import { readMessageContext } from '#app/notify/read-message-context.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import type { ChartPoint } from '#domain/notify/chart.ts';
import { aGroup, CPU_HIGH, minutes, NOON } from '#test/support/builders.ts';
import { anOutcome } from '#test/support/notify-world.ts';

const metric = (periodSeconds: number): Metric => ({
  kind: 'stat',
  namespace: 'AWS/EC2',
  metricName: 'CPUUtilization',
  dimensions: {},
  statistic: 'Average',
  periodSeconds,
});

const WHERE = { service: 'tidegate', stage: 'prod', region: 'eu-west-1', account: '123456789012' };

const DASHBOARDS = [{ name: 'tidegate-prod' }];

const run = async (periodSeconds: number, answer: () => Promise<readonly ChartPoint[]>) => {
  const asked: unknown[] = [];
  const groups = [aGroup({ metrics: { cpu: metric(periodSeconds) }, rules: [CPU_HIGH] })];
  const found = await readMessageContext({
    groups,
    where: WHERE,
    table: 'ledger',
    dashboards: DASHBOARDS,
    readSeries: (...args) => {
      asked.push(args);
      return answer();
    },
  })(anOutcome({ rule: 'cpu-high' }));
  return { asked, found, groups };
};

const POINTS = [{ at: NOON - minutes(1), value: 82 }];

describe('what surrounds a message', () => {
  test.each([
    { periodSeconds: 60, length: 60 },
    { periodSeconds: 300, length: 240 },
  ])('is its metric of periods of $periodSeconds s over $length minutes', async (each) => {
    const { asked, found, groups } = await run(each.periodSeconds, async () => POINTS);
    expect(asked).toEqual([[metric(each.periodSeconds), NOON - minutes(each.length), NOON]]);
    expect(found).toEqual({
      ...WHERE,
      table: 'ledger',
      groups,
      dashboards: DASHBOARDS,
      chart: { title: 'cpu', points: POINTS, mark: NOON, threshold: 70 },
    });
  });

  test.each([
    ['has no values', async () => []],
    ['cannot be read', () => Promise.reject(new Error('throttled'))],
  ])('lacks a metric that %s', async (_, answer) => {
    const { found, groups } = await run(60, answer);
    expect(found).toEqual({ ...WHERE, table: 'ledger', groups, dashboards: DASHBOARDS });
  });

  test('asks for no metric where none tells anything', async () => {
    const readSeries = () => Promise.reject(new Error('nobody asked'));
    const ports = { groups: [], where: WHERE, table: 'ledger', dashboards: [], readSeries };
    expect(await readMessageContext(ports)(anOutcome())).toEqual({
      ...WHERE,
      table: 'ledger',
      groups: [],
      dashboards: [],
    });
  });
});
