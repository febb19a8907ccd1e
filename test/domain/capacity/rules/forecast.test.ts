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
import { runs } from '#test/support/runs.ts';

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

  test.each([
    { lacks: ['perInstance'], says: 'until perInstance is learned' },
    { lacks: ['leadSeconds'], says: 'until lead is learned' },
    { lacks: ['perInstance', 'leadSeconds'], says: 'until perInstance and lead are learned' },
  ])('recommends nothing, and holds back scale-in, $says', ({ lacks, says }) => {
    const unlearned = Object.fromEntries(
      Object.entries(rule({ onMissing: 'ignore' })).filter(([key]) => !lacks.includes(key)),
    ) as ForecastRule;

    expect(recommend(unlearned, observe(steadyDemand({ perSecond: 300 })))).toEqual({
      kind: 'blind',
      rule: 'load',
      reason: 'MissingData',
      blocksScaleIn: true,
      detail: `it recommends nothing ${says}: npx tidegate learn --write`,
    });
    expect(kindOf(unlearned).describe(unlearned)).toBe(
      `forecast requests: it recommends nothing ${says}: npx tidegate learn --write`,
    );
  });

  test('says since when it goes by what was learned', () => {
    const learned = rule({ learnedOn: '2026-03-01' });
    const { detail } = recommend(learned, observe(steadyDemand({ perSecond: 300 })));

    expect(detail).toContain('at 50 each, as learned on 2026-03-01, needs 7');
    expect(kindOf(learned).describe(learned)).toBe(
      'forecast requests, at 50 per second for each unit, as learned on 2026-03-01',
    );
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

const late = (missing: number, perSecond = 50) => steadyDemand({ perSecond, missing });

describe('a forecast of few, late or missing data', () => {
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

describe('a forecast of demand of which more is arriving', () => {
  const calm = steadyDemand({ perSecond: 300 });
  const arriving = (...requests: readonly (number | null)[]) => ({ arrivingDemands: { requests } });
  const rising = (...requests: readonly (number | null)[]) =>
    observe(calm, 7, arriving(...requests));

  test('asks at once for what the rise will need, and says that it is a lower bound', () => {
    const found = recommend(rule(), rising(20_000, 24_000, 28_000));

    expect(found).toMatchObject({ kind: 'recommends', reason: 'Forecast' });
    expect(found.kind === 'recommends' && found.capacity).toBeGreaterThanOrEqual(10);
    expect(found.detail).toMatch(/^forecast: at least 467 requests\/s now, /);
    expect(recommend(rule(), observe(calm, 7))).toMatchObject({ capacity: 7 });
  });

  test('looks ahead from the minute that is arriving, which is nearer', () => {
    const words = (...requests: readonly number[]) => recommend(rule(), rising(...requests)).detail;
    // Of the seven minutes ahead at most, each minute that is seen sooner takes one off what must be bridged.
    expect(words(28_000)).toContain(' in 5 min');
    expect(words(20_000, 24_000, 26_000, 28_000)).toContain(' in 5 min');
  });

  test('looks less far ahead in a group that is looked at more often', () => {
    const group = aGroup({ metrics: { requests: REQUESTS }, rules: [], everySeconds: 15 });
    const far = (more: Partial<Observation>, leadSeconds: number) =>
      recommend(rule({ leadSeconds, risk: 0.01 }), observe(calm, 7, more)).detail;
    // Ten seconds of lead: decisions a minute apart reach one minute further than those 15 seconds apart.
    expect(far({}, 130)).not.toEqual(far({ group }, 130));
  });

  test('keeps what the whole minutes would let go', () => {
    const low = steadyDemand({ perSecond: 50 });
    const kept = recommend(rule(), observe(low, 12, arriving(9_000)));
    const gone = recommend(rule(), observe(low, 12));
    expect(gone).toMatchObject({ capacity: 2 });
    expect(kept.kind === 'recommends' && kept.capacity).toBeGreaterThan(2);
  });

  test('adds without a whole minute, and removes nothing', () => {
    const demand = { start: NOON / 1_000 - 180, minutes: [], firstBin: 0, fives: [] };
    const on = (seen: SeenDemand, capacity: number) =>
      recommend(rule(), observe(seen, capacity, arriving(30_000)));

    expect(on(demand, 4)).toMatchObject({ kind: 'blind' });
    expect(on(late(30, 50), 4)).toMatchObject({ kind: 'recommends' });
    expect(on(late(30, 50), 400)).toMatchObject({ kind: 'blind' });
  });

  test('lets nothing move without a whole minute when its operator says so', () => {
    const old = observe(late(30, 50), 4, arriving(30_000));
    expect(recommend(rule({ onMissing: 'fail' }), old)).toMatchObject({
      kind: 'fails',
    });
  });

  test('never asks for less than it would without', () => {
    const minute = fc.option(fc.integer({ min: 0, max: 60_000 }));
    fc.assert(
      fc.property(
        fc.array(minute, { minLength: 1, maxLength: 60 }),
        fc.array(minute, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 20 }),
        (minutes, requests, capacity) => {
          const start = NOON / 1_000 - 180 - 60 * minutes.length;
          const demand = { start, minutes, firstBin: 0, fives: [] };
          const without = recommend(rule(), observe(demand, capacity));
          const sooner = recommend(rule(), observe(demand, capacity, arriving(...requests)));
          const of = (found: typeof without): number =>
            found.kind === 'recommends' ? found.capacity : capacity;
          expect(of(sooner)).toBeGreaterThanOrEqual(of(without));
          if (of(sooner) === of(without)) expect(sooner).toEqual(without);
        },
      ),
      { numRuns: runs(200) },
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
