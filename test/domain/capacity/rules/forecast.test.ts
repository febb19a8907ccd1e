import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Observation } from '#domain/capacity/observation.ts';
import { recommend } from '#domain/capacity/recommend.ts';
import type { SeenDemand } from '#domain/capacity/rules/demand.ts';
import { kindOf } from '#domain/capacity/rules/rules.ts';
import type { ForecastRule } from '#domain/configuration/rule.ts';
import { aGroup, aGroupState, anObservation, NOON, someInstances } from '#test/support/builders.ts';
import { FORECAST, steadyDemand } from '#test/support/demand.ts';
import { CPU, REQUESTS } from '#test/support/readings.ts';

const rule = (overrides: Partial<ForecastRule> = {}): ForecastRule => ({
  ...FORECAST,
  ...overrides,
});

const observe = (demand: SeenDemand | undefined, capacity = 4, more: Partial<Observation> = {}) =>
  anObservation({
    group: aGroup({ metrics: { requests: REQUESTS }, rules: [] }),
    state: aGroupState({ capacityDesired: capacity, instances: someInstances(capacity) }),
    ...(demand === undefined ? {} : { demands: { requests: demand } }),
    ...more,
  });

describe('a forecast', () => {
  test('asks at once for what demand needs, and says how it comes to it', () => {
    const observation = observe(steadyDemand({ perSecond: 300 }));

    expect(recommend(rule(), observation)).toEqual({
      kind: 'recommends',
      rule: 'load',
      reason: 'Forecast',
      capacity: 7,
      detail:
        'forecast: 303 requests/s now, 303 (up to 303 in 9 of 10 cases) in 5 min, with 10 % margin, at 50 each, needs 7',
    });
  });

  test.each([
    { per: 'second', perInstance: 50, unit: '303 requests/s now' },
    { per: 'minute', perInstance: 3_000, unit: '18180 requests/min now' },
    { per: 'value', perInstance: 3_000, unit: '18180 requests now' },
  ] as const)('takes its share per $per', ({ per, perInstance, unit }) => {
    const found = recommend(
      rule({ per, perInstance, risk: 0.125 }),
      observe(steadyDemand({ perSecond: 300 })),
    );

    expect(found).toMatchObject({ capacity: 7 });
    expect(found.detail).toContain(unit);
    expect(found.detail).toContain('in 87.5 % of cases');
  });

  test('says small demand with three digits', () => {
    const { detail } = recommend(rule(), observe(steadyDemand({ perSecond: 3.21 })));
    expect(detail).toContain('forecast: 3.24 requests/s now');
  });

  test('asks for what is there when that is needed', () => {
    expect(recommend(rule(), observe(steadyDemand({ perSecond: 300 }), 7))).toMatchObject({
      kind: 'recommends',
      capacity: 7,
    });
  });

  test('adds units that are stuck to what is needed', () => {
    const observation = observe(steadyDemand({ perSecond: 300 }), 7, {
      state: aGroupState({ capacityDesired: 7, instances: someInstances(6, 1) }),
    });
    const [pending] = observation.state.instances.filter(
      ({ lifecycleState }) => lifecycleState !== 'InService',
    );
    const head = { ...observation.head, pendingSince: { [pending!.id]: NOON - 3_600_000 } };

    expect(recommend(rule(), { ...observation, head })).toMatchObject({ capacity: 8 });
  });

  test('holds the largest capacity of the last minutes on the way in', () => {
    const { minutes, ...demand } = steadyDemand({ perSecond: 300 });
    const fallen = minutes.map((value, at) => (at < minutes.length - 2 ? value : 3_000));
    const shown = recommend(rule(), observe({ ...demand, minutes: fallen }, 9));
    const short = recommend(rule({ holdSeconds: 60 }), observe({ ...demand, minutes: fallen }, 9));

    expect(shown).toMatchObject({ kind: 'recommends', capacity: 7 });
    expect(shown.detail).toMatch(/needs \d; within the last 3 min it needed 7$/);
    expect(short.kind === 'recommends' && short.capacity).toBeLessThan(7);
  });

  test('removes nothing before ten forecasts have been judged, near and far', () => {
    const at = (count: number) =>
      recommend(rule(), observe(steadyDemand({ perSecond: 50, count }), 6));

    // The far horizon is eight minutes: after 18 minutes ten of its forecasts have been judged.
    expect(at(17)).toMatchObject({ kind: 'recommends', capacity: 6 });
    expect(at(17).detail).toContain('; 6 stay until 10 forecasts have been judged');
    expect(at(18)).toMatchObject({ kind: 'recommends', capacity: 2 });
  });

  test('in shadow says how often it would have been wrong', () => {
    const shadow = rule({ isShadow: true });
    expect(recommend(shadow, observe(steadyDemand({ perSecond: 300 }))).detail).toMatch(
      /; of the last \d+ min demand exceeded this in [\d.]+ %, and the margin as well in 0 %$/,
    );
    expect(recommend(shadow, observe(steadyDemand({ perSecond: 300, count: 2 }))).detail).toMatch(
      /; no minute could be compared yet$/,
    );
  });
});

describe('a forecast of few, late or missing data', () => {
  const late = (missing: number, perSecond = 50) => steadyDemand({ perSecond, missing });

  test.each([
    { missing: 5, capacity: 2 },
    { missing: 6, capacity: undefined },
  ])('removes $capacity with $missing minutes missing', ({ missing, capacity }) => {
    const found = recommend(rule(), observe(late(missing), 6));
    expect(found.kind === 'recommends' ? found.capacity : undefined).toBe(capacity);
  });

  test('adds until ten minutes are missing', () => {
    expect(recommend(rule(), observe(late(10, 300)))).toMatchObject({ kind: 'recommends' });
    expect(recommend(rule(), observe(late(11, 300)))).toEqual({
      kind: 'blind',
      rule: 'load',
      reason: 'MissingData',
      blocksScaleIn: true,
      detail: 'the last minute of requests came 11 min before the newest that could be there',
    });
  });

  test('takes older minutes when its operator says so', () => {
    const patient = rule({ onMissing: { last: 1_200 } });
    expect(recommend(patient, observe(late(20), 6))).toMatchObject({ kind: 'recommends' });
    expect(recommend(patient, observe(late(21), 6))).toMatchObject({ kind: 'blind' });
  });

  test('takes missing minutes for none at all only when its operator says so', () => {
    const demand = late(30, 300);
    expect(recommend(rule({ onMissing: 'zero' }), observe(demand, 6))).toMatchObject({
      kind: 'recommends',
      capacity: 1,
    });
    expect(recommend(rule(), observe(demand, 6))).toMatchObject({ kind: 'blind' });
  });

  test('is blind without a minute, without demand, and without a metric', () => {
    const nothing = { start: 0, minutes: [], firstBin: 0, fives: [] };
    const found = [
      recommend(rule(), observe(nothing)),
      recommend(rule(), observe(undefined)),
      recommend(rule(), observe(late(0), 4, { group: aGroup({ metrics: {}, rules: [] }) })),
    ];
    expect(found.map(({ detail }) => detail)).toEqual(Array(3).fill('requests has no data'));
  });

  test('is no reason to shrink: a gap never makes a forecast that removes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 30, maxLength: 90 }),
        fc.integer({ min: 1, max: 40 }),
        (isKnown, capacity) => {
          const { minutes, ...rest } = steadyDemand({
            perSecond: 50 * capacity,
            count: isKnown.length,
          });
          const gaps = minutes.map((value, at) => (isKnown[at] ? value : null));
          const found = recommend(rule(), observe({ ...rest, minutes: gaps }, capacity));
          expect(found.kind === 'recommends' ? found.capacity : capacity).toBeGreaterThanOrEqual(
            capacity,
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a forecast at 0', () => {
  const { atZero, fromZero, turns, marks } = kindOf(FORECAST);
  const queue = { ...REQUESTS, namespace: 'AWS/SQS', metricName: 'NumberOfMessagesSent' };
  const ofQueue = { group: aGroup({ metrics: { requests: queue }, rules: [] }) };
  const ofInstances = { group: aGroup({ metrics: { requests: CPU }, rules: [] }) };

  test('is able to lead out of it, unless its metric needs instances', () => {
    expect(atZero(FORECAST, observe(undefined, 0, ofQueue))).toBe('able');
    expect(atZero(FORECAST, observe(undefined, 0, ofInstances))).toBe(
      'follows requests, which does not exist without instances',
    );
    expect(atZero(FORECAST, observe(steadyDemand({ perSecond: 1 }), 0, ofInstances))).toBe('able');
    expect(fromZero(FORECAST)).toEqual({ makes: 'able' });
  });

  test('has neither turns nor marks', () => {
    expect([...turns(FORECAST), ...marks(FORECAST)]).toEqual([]);
  });
});
