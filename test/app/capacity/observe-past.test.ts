import { describe, expect, test } from '@jest/globals';
import { aGroup, minutes, NOON } from '#test/support/builders.ts';
import { FORECAST } from '#test/support/demand.ts';
import { CPU, REQUESTS, seen } from '#test/support/readings.ts';
import { aScaleWorld, request } from '#test/support/scale-world.ts';

const forecasting = (name: string) =>
  aGroup({
    name,
    autoScalingGroup: `${name}-prod`,
    rules: [
      FORECAST,
      { ...FORECAST, name: 'careful', margin: 0.2, isShadow: true },
      {
        kind: 'track',
        name: 'cpu',
        metric: 'cpu',
        target: 50,
        isTotal: false,
        onMissing: 'ignore',
      },
    ],
    metrics: { cpu: CPU, requests: { ...REQUESTS, dimensions: { LoadBalancer: name } } },
  });

/** So many requests in each of the last minutes. */
const steady = (perMinute: number) => ({
  minutes: Array.from({ length: 60 }, (_, index) => ({
    at: NOON - minutes(63 - index),
    value: perMinute,
  })),
  fives: [],
});

describe('groups whose rules forecast a metric', () => {
  test('read its past once, all in one call, and nothing newer', async () => {
    const groups = [forecasting('web'), forecasting('work')];
    const { world, scale } = aScaleWorld(groups);
    for (const { metrics } of groups) world.pasts.set(metrics.requests!, steady(18_000));
    world.readings.set(CPU, seen(10));
    await scale(request('web'), request('work'));

    expect(world.calls.filter((port) => port === 'readPast')).toHaveLength(1);
    expect(world.sets).toEqual([
      { name: 'web-prod', capacity: 7 },
      { name: 'work-prod', capacity: 7 },
    ]);
    const [decided] = world.notesOf('decided');
    expect(decided?.decision.trace.slice(0, 2)).toMatchObject([
      { subject: 'load', reason: 'Forecast', verdict: 'recommend', capacity: 7 },
      { subject: 'careful', reason: 'Forecast', verdict: 'shadow', capacity: 8 },
    ]);
  });

  test('are told why CloudWatch refuses it, and stay as they are without an answer', async () => {
    const groups = [forecasting('web'), forecasting('work')];
    const { world, scale } = aScaleWorld(groups);
    world.pasts.set(groups[0]!.metrics.requests!, { refusal: 'no such thing' });
    await scale(request('web'), request('work'));

    expect(world.sets).toEqual([]);
    const reasons = world
      .notesOf('decided')
      .map(({ decision: { group, trace } }) => `${group}: ${trace[0]?.reason}`);
    expect(reasons.toSorted()).toEqual(['web: MetricRefused', 'work: MissingData']);
  });
});
