import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import type { Observation } from '#domain/capacity/observation.ts';
import { recommend } from '#domain/capacity/recommend.ts';
import type { Metric, Reading } from '#domain/configuration/metric.ts';
import type { ExpressionRule, StepRule, TrackRule } from '#domain/configuration/rule.ts';
import type { OnMissing } from '#domain/configuration/rule-parts.ts';
import { aGroup, aGroupState, anObservation, someInstances } from '#test/support/builders.ts';
import { expressionOf } from '#test/support/expression-of.ts';
import { CPU, REQUESTS, reading } from '#test/support/readings.ts';
import { runs } from '#test/support/runs.ts';

/** A minute that ended 200 seconds ago is whole; one that ended ten seconds ago is arriving. */
const [WHOLE, ARRIVING] = [260, 70];

const TOTAL: TrackRule = {
  kind: 'track',
  name: 'load',
  metric: 'requests',
  target: 100,
  isTotal: true,
  onMissing: 'hold',
};

const STEPS: StepRule = {
  kind: 'step',
  name: 'load',
  metric: 'requests',
  atLeast: 0,
  onMissing: 'hold',
  bands: [
    { side: 'above', bound: 600, adjustment: { kind: 'add', amount: 3, unit: 'capacity' } },
    { side: 'above', bound: 800, adjustment: { kind: 'add', amount: 5, unit: 'capacity' } },
    { side: 'below', bound: 300, adjustment: { kind: 'remove', amount: 1, unit: 'capacity' } },
  ],
};

const computing = (text: string, metrics: readonly string[] = ['requests']): ExpressionRule => {
  const expression = expressionOf(text);
  return { kind: 'expression', name: 'load', text, expression, metrics, onMissing: 'hold' };
};

type Scene = Readonly<{
  whole?: Reading;
  arriving?: Reading;
  capacity?: number;
  more?: Partial<Observation>;
}>;

const observe = ({ whole, arriving, capacity = 4, more = {} }: Scene) =>
  anObservation({
    group: aGroup({ metrics: { requests: REQUESTS, errors: REQUESTS, cpu: CPU }, rules: [] }),
    state: aGroupState({ capacityDesired: capacity, instances: someInstances(capacity) }),
    readings: whole === undefined ? {} : { requests: whole },
    ...(arriving === undefined ? {} : { arriving: { requests: arriving } }),
    ...more,
  });

const both = (whole: number, arriving: number, capacity?: number) =>
  observe({
    whole: reading(whole, WHOLE),
    arriving: reading(arriving, ARRIVING),
    ...(capacity === undefined ? {} : { capacity }),
  });

describe('a total of which more is arriving', () => {
  test('adds what it needs at least, before its minute is whole', () => {
    expect(recommend(TOTAL, both(400, 720))).toEqual({
      kind: 'recommends',
      rule: 'load',
      reason: 'TargetExceeded',
      capacity: 8,
      detail: 'requests is at least 720 for a target of 100 per unit, which needs 8',
    });
  });

  test('removes nothing that it needs at least, though the whole minute before would', () => {
    expect(recommend(TOTAL, both(200, 300))).toMatchObject({ reason: 'BelowTarget', capacity: 3 });
    expect(recommend(TOTAL, both(200, 400))).toMatchObject({
      reason: 'WithinTolerance',
      capacity: 4,
    });
  });

  test('says nothing while it is less than the whole minute before', () => {
    expect(recommend(TOTAL, both(720, 30))).toEqual(recommend(TOTAL, both(720, 720)));
    expect(recommend(TOTAL, both(720, 30)).detail).toMatch(/^requests is 720 for/);
  });

  test('alone adds, and removes nothing', () => {
    const alone = (value: number) => observe({ arriving: reading(value, ARRIVING) });
    expect(recommend(TOTAL, alone(720))).toMatchObject({ kind: 'recommends', capacity: 8 });
    expect(recommend(TOTAL, alone(20))).toMatchObject({ kind: 'blind', blocksScaleIn: true });
  });

  test('counts no longer once it should be whole', () => {
    // A total is looked for until six minutes after its period.
    expect(recommend(TOTAL, observe({ arriving: reading(720, 420) }))).toMatchObject({
      capacity: 8,
    });
    expect(recommend(TOTAL, observe({ arriving: reading(720, 421) }))).toMatchObject({
      kind: 'blind',
    });
  });

  test('counts for three minutes where nothing is known of the metric', () => {
    const group = aGroup({ metrics: {}, rules: [] });
    const at = (ageSeconds: number) =>
      recommend(TOTAL, observe({ arriving: reading(720, ageSeconds), more: { group } }));
    expect(at(180)).toMatchObject({ capacity: 8 });
    expect(at(181)).toMatchObject({ kind: 'blind' });
  });

  test.each<Readonly<{ onMissing: OnMissing; few: unknown }>>([
    { onMissing: 'ignore', few: { kind: 'blind', blocksScaleIn: false } },
    { onMissing: 'zero', few: { kind: 'recommends', capacity: 1 } },
    { onMissing: { fallback: 2 }, few: { kind: 'recommends', reason: 'Fallback', capacity: 2 } },
    { onMissing: { last: 600 }, few: { kind: 'blind' } },
  ])('without a whole minute goes by $onMissing unless it needs more', ({ onMissing, few }) => {
    const rule = { ...TOTAL, onMissing };
    const alone = (value: number) => observe({ arriving: reading(value, ARRIVING) });
    expect(recommend(rule, alone(50))).toMatchObject(few as object);
    expect(recommend(rule, alone(720))).toMatchObject({ reason: 'TargetExceeded', capacity: 8 });
  });

  test('lets nothing move without a whole minute when its operator says so', () => {
    const rule = { ...TOTAL, onMissing: 'fail' as const };
    expect(recommend(rule, observe({ arriving: reading(720, ARRIVING) }))).toMatchObject({
      kind: 'fails',
    });
  });
});

describe('a step rule on a total of which more is arriving', () => {
  test('adds by the band that is reached for certain', () => {
    expect(recommend(STEPS, both(400, 650))).toMatchObject({
      capacity: 7,
      detail: 'requests is at least 650, above 600: add 3 to 4 makes 7',
    });
    expect(recommend(STEPS, both(400, 850))).toMatchObject({ capacity: 9 });
  });

  test('adds no more than any band that may still be reached', () => {
    const [low] = STEPS.bands;
    const less = { kind: 'add', amount: 1, unit: 'capacity' } as const;
    const rule = {
      ...STEPS,
      bands: [low!, { side: 'above' as const, bound: 800, adjustment: less }],
    };
    expect(recommend(rule, both(400, 650))).toMatchObject({ capacity: 5 });
    expect(recommend(rule, both(650, 400))).toMatchObject({ capacity: 7 });
  });

  test('removes nothing by a band that has been left', () => {
    expect(recommend(STEPS, both(200, 310))).toMatchObject({ kind: 'abstains' });
    expect(recommend(STEPS, both(200, 290))).toMatchObject({ capacity: 3 });
  });
});

describe('a rule that computes with a total of which more is arriving', () => {
  test('adds what an expression that grows with it makes of it', () => {
    expect(recommend(computing('ceil(requests / 100)'), both(400, 720))).toMatchObject({
      capacity: 8,
      detail: 'ceil(requests / 100) is 8 with capacity 4, requests at least 720',
    });
  });

  test.each(['10 - requests / 100', 'requests > 500 ? 9 : 1'])(
    'takes the whole minute for %s, which does not surely grow',
    (text) => {
      const rule = computing(text);
      expect(recommend(rule, both(200, 720))).toEqual(
        recommend(rule, observe({ whole: reading(200, WHOLE) })),
      );
    },
  );

  test('takes the whole minute of any other metric', () => {
    const rule = computing('requests / 100 - errors / 100', ['requests', 'errors']);
    const observation = observe({
      more: {
        readings: { requests: reading(400, WHOLE), errors: reading(100, WHOLE) },
        arriving: { requests: reading(900, ARRIVING), errors: reading(800, ARRIVING) },
      },
    });
    expect(recommend(rule, observation)).toMatchObject({ capacity: 8 });
  });

  test('is blind while another of its metrics is missing', () => {
    const rule = computing('requests / 100 + cpu', ['requests', 'cpu']);
    expect(recommend(rule, both(400, 900))).toMatchObject({ kind: 'blind' });
  });

  test('takes what is arriving of one total and the whole of the other', () => {
    const rule = computing('requests / 100 + errors / 100', ['requests', 'errors']);
    const readings = { requests: reading(400, WHOLE), errors: reading(100, WHOLE) };
    const observation = both(400, 900);
    expect(recommend(rule, { ...observation, readings })).toMatchObject({ capacity: 10 });
  });

  test('takes a metric that is not known for one that does not grow', () => {
    const rule = computing('other / 100', ['other']);
    const more = {
      readings: { other: reading(400) },
      arriving: { other: reading(900, ARRIVING) },
    };
    expect(recommend(rule, observe({ more }))).toMatchObject({ capacity: 4 });
  });
});

describe('whatever is arriving', () => {
  const value = fc.integer({ min: 0, max: 1_500 });
  const missing = fc.constantFrom<OnMissing>(
    'hold',
    'ignore',
    'zero',
    'fail',
    { last: 900 },
    { fallback: 5 },
  );
  const rules = fc
    .tuple(
      fc.constantFrom(
        TOTAL,
        { ...TOTAL, isTotal: false },
        STEPS,
        computing('ceil(requests / 100)'),
        computing('20 - requests / 100'),
      ),
      missing,
    )
    .map(([rule, onMissing]) => ({ ...rule, onMissing }));
  const scenes = fc.record({
    whole: fc.option(fc.tuple(value, fc.integer({ min: 240, max: 500 })), { nil: undefined }),
    arriving: fc.tuple(value, fc.integer({ min: 0, max: 239 })),
    capacity: fc.integer({ min: 0, max: 12 }),
  });
  const seenBy = (
    { whole, capacity }: Readonly<{ whole?: [number, number] | undefined; capacity: number }>,
    arriving?: [number, number],
  ) =>
    observe({
      capacity,
      ...(whole === undefined ? {} : { whole: reading(...whole) }),
      ...(arriving === undefined ? {} : { arriving: reading(...arriving) }),
    });

  test('never makes a group smaller than it is without', () => {
    fc.assert(
      fc.property(rules, scenes, (rule, { arriving, ...scene }) => {
        const without = seenBy(scene);
        const group = { ...without.group, rules: [rule] };
        const [less, more] = [without, seenBy(scene, arriving)].map(
          (each) => decideCapacity({ ...each, group }).wanted,
        );
        expect(more).toBeGreaterThanOrEqual(less as number);
      }),
      { numRuns: runs(1_000) },
    );
  });

  test('asks for no less when more of it has arrived', () => {
    fc.assert(
      fc.property(rules, scenes, value, (rule, { arriving: [some, age], ...scene }, more) => {
        const [early, late] = [some, some + more].map((each) => {
          const seen = seenBy(scene, [each, age]);
          return decideCapacity({ ...seen, group: { ...seen.group, rules: [rule] } }).wanted;
        });
        expect(late).toBeGreaterThanOrEqual(early as number);
      }),
      { numRuns: runs(1_000) },
    );
  });

  test('is of totals only', () => {
    const metrics: Readonly<Record<string, Metric>> = { requests: CPU };
    const seen = observe({ whole: reading(400), arriving: reading(900, ARRIVING) });
    const rule = computing('requests / 100');
    expect(recommend(rule, { ...seen, group: { ...seen.group, metrics } })).toMatchObject({
      capacity: 4,
    });
  });
});
