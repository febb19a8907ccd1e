import { describe, expect, test } from '@jest/globals';
import type { Group } from '#domain/configuration/configuration.ts';
import type { StatMetric } from '#domain/configuration/metric.ts';
import type { Rule } from '#domain/configuration/rule.ts';
import { aGroup, minutes, NOON, seconds } from '#test/support/builders.ts';
import { FORECAST } from '#test/support/demand.ts';
import { CPU, REQUESTS } from '#test/support/readings.ts';
import { aScaleWorld, request } from '#test/support/scale-world.ts';

const TRACK: Rule = {
  kind: 'track',
  name: 'busy',
  metric: 'cpu',
  target: 50,
  isTotal: false,
  onMissing: 'hold',
};
const groupOf = (more: Partial<Group> = {}): Group =>
  aGroup({
    rules: [TRACK],
    metrics: { cpu: CPU, requests: REQUESTS },
    looksWhenDue: true,
    ...more,
  });
/** The newest minute ended this many seconds ago. */
const endedAgo = (age: number, now = NOON) => ({
  whole: { value: 50, at: now - seconds(age) - minutes(1) },
});

describe('what a group remembers of how late its metrics come', () => {
  test('is written by the look that learned it, without a record', async () => {
    const { world, scale } = aScaleWorld([groupOf()]);
    world.readings.set(CPU, endedAgo(75));
    await scale(request('web'));

    expect(world.head()?.delays).toEqual({ cpu: { absentAt: 15, thereAt: 75 } });
    expect(world.ledger.entries).toEqual([]);
  });

  test('is written no more once looks tell nothing new', async () => {
    const { world, scale } = aScaleWorld([groupOf()]);
    for (const age of [35, 35]) {
      world.readings.set(CPU, endedAgo(age));
      await scale(request('web'));
    }
    expect(world.calls.filter((port) => port === 'ledgerWrite')).toHaveLength(1);
  });

  test('goes with a change of the capacity, too', async () => {
    const { world, scale } = aScaleWorld([groupOf()]);
    world.readings.set(CPU, { whole: { value: 100, at: NOON - minutes(2) } });
    await scale(request('web'));

    expect(world.sets).toEqual([{ name: 'web-prod', capacity: 8 }]);
    expect(world.head()?.delays).toEqual({ cpu: { absentAt: 0, thereAt: 60 } });
  });

  test('stays while there is no value, and is dropped with its rule or with the wish for it', async () => {
    const { world, scale } = aScaleWorld([groupOf()]);
    world.readings.set(CPU, endedAgo(35));
    await scale(request('web'));
    world.readings.delete(CPU);
    await scale(request('web'));
    expect(world.head()?.delays).toEqual({ cpu: { absentAt: 0, thereAt: 35 } });

    const { looksWhenDue: _asked, ...plain } = groupOf();
    for (const group of [plain, groupOf({ rules: [{ ...TRACK, metric: 'gone' }] })]) {
      const after = aScaleWorld([group]);
      after.world.readings.set(CPU, endedAgo(35));
      const head = world.head();
      if (head === undefined) throw new Error('nothing was written');
      await after.world.ledger.write('web', { ...head, version: 1 });
      await after.scale(request('web'));
      expect(after.world.head()?.delays).toBeUndefined();
    }
  });

  test('is of twenty metrics at most', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `m${index}`);
    const metrics: Record<string, StatMetric> = Object.fromEntries(
      names.map((name) => [name, { ...CPU, metricName: name }]),
    );
    const rules = names.map((metric) => ({ ...TRACK, name: metric, metric }));
    const { world, scale } = aScaleWorld([groupOf({ rules, metrics })]);
    for (const metric of Object.values(metrics)) world.readings.set(metric, endedAgo(35));
    await scale(request('web'));

    expect(Object.keys(world.head()?.delays ?? {})).toEqual(names.slice(0, 20));
  });
});

describe('a forecast of a metric that comes soon', () => {
  const LOAD: StatMetric = { ...CPU, metricName: 'Load' };
  const forecasting = groupOf({
    rules: [{ ...FORECAST, metric: 'load', per: 'value', onMissing: 'hold' }],
    metrics: { load: LOAD },
  });
  /** An hour of demand whose newest minute ended so many seconds ago. */
  const hourUntil = (age: number) => ({
    minutes: Array.from({ length: 60 }, (_, index) => ({
      at: NOON + seconds(12) - seconds(age) - minutes(index + 1),
      value: index === 0 ? 1_000 : 100,
    })),
    fives: [],
  });
  const forecast = async (thereAt: number | undefined) => {
    const { world, scale } = aScaleWorld([forecasting]);
    world.now = NOON + seconds(12);
    world.pasts.set(LOAD, hourUntil(12));
    if (thereAt !== undefined) {
      const delays = { load: { absentAt: Math.max(0, thereAt - 5), thereAt } };
      await world.ledger.write('web', { ...EMPTY, version: 1, delays });
    }
    await scale(request('web'));
    const [decided] = world.notesOf('decided');
    return { trace: decided?.decision.trace[0]?.detail, delays: world.head()?.delays };
  };
  const EMPTY = { untold: [], openAlarms: [], heardAlarms: [], changes: [], wishes: [] };

  test('goes by the minute that has just ended once it is known that it is there', async () => {
    expect((await forecast(12)).trace).toMatch(/^forecast: 1000 load now/);
    expect((await forecast(13)).trace).toMatch(/^forecast: 100 load now/);
    expect((await forecast(undefined)).trace).toMatch(/^forecast: 100 load now/);
  });

  test('learns from the newest minute, whatever it goes by', async () => {
    expect((await forecast(undefined)).delays).toEqual({ load: { absentAt: 0, thereAt: 12 } });
    expect((await forecast(60)).delays).toEqual({ load: { absentAt: 55, thereAt: 60 } });
  });
});
