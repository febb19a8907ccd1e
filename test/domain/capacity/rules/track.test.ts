import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { recommend } from '#domain/capacity/recommend.ts';
import type { TrackRule } from '#domain/configuration/rule.ts';
import {
  aBehavior,
  aGroup,
  aGroupState,
  anObservation,
  aScaleHead,
  NOON,
  seconds,
  someInstances,
} from '#test/support/builders.ts';
import { CPU, reading } from '#test/support/readings.ts';

const rule = (overrides: Partial<TrackRule> = {}): TrackRule => ({
  kind: 'track',
  name: 'load',
  metric: 'cpu',
  target: 100,
  isTotal: false,
  onMissing: 'hold',
  ...overrides,
});

type Scene = Readonly<{ capacity: number; value: number; tolerance?: number; pending?: number }>;

const observe = ({ capacity, value, tolerance = 10, pending = 0 }: Scene) =>
  anObservation({
    group: aGroup({
      metrics: { cpu: CPU },
      rules: [],
      behavior: aBehavior({
        scaleOut: { tolerancePercent: tolerance },
        scaleIn: { tolerancePercent: tolerance },
      }),
    }),
    state: aGroupState({
      capacityDesired: capacity,
      instances: someInstances(capacity, pending),
    }),
    readings: { cpu: reading(value) },
  });

const capacityOf = (scene: Scene, overrides: Partial<TrackRule> = {}): number | undefined => {
  const recommendation = recommend(rule(overrides), observe(scene));
  return recommendation.kind === 'recommends' ? recommendation.capacity : undefined;
};

describe('a rule that tracks a mean', () => {
  test.each([
    // The HPA's arithmetic, with an epsilon: 1.1 and 0.9 of the target are within 10 %.
    { capacity: 10, value: 110, wants: 10 },
    { capacity: 10, value: 90, wants: 10 },
    { capacity: 10, value: 110.1, wants: 12 },
    { capacity: 10, value: 89.9, wants: 9 },
    { capacity: 10, value: 200, wants: 20 },
    { capacity: 10, value: 50, wants: 5 },
    { capacity: 3, value: 150, wants: 5 },
    { capacity: 1, value: 400, wants: 4 },
    { capacity: 10, value: 0, wants: 0 },
    { capacity: 10, value: -50, wants: 0 },
    // Without capacity the tolerance does not matter.
    { capacity: 0, value: 20, wants: 1 },
    { capacity: 0, value: 250, wants: 3 },
    { capacity: 0, value: 0, wants: 0 },
  ])('at $value for a target of 100 wants $wants of $capacity', ({ wants, ...scene }) => {
    expect(capacityOf(scene)).toBe(wants);
  });

  test('is not moved by the noise of floating point: 100 units at 1.1 need 110', () => {
    expect(capacityOf({ capacity: 100, value: 88, tolerance: 0 }, { target: 80 })).toBe(110);
  });

  test.each([
    { capacity: 10, value: 80.5, wants: 10 },
    { capacity: 10, value: 81, wants: 11 },
    { capacity: 10, value: 40, wants: 5 },
  ])('within 1 % of 80, at $value, wants $wants', ({ wants, ...scene }) => {
    expect(capacityOf({ ...scene, tolerance: 1 }, { target: 80 })).toBe(wants);
  });

  test('has a tolerance for each direction', () => {
    const observation = observe({ capacity: 10, value: 115 });
    const behavior = aBehavior({
      scaleOut: { tolerancePercent: 20 },
      scaleIn: { tolerancePercent: 5 },
    });
    const group = { ...observation.group, behavior };
    const capacityAt = (value: number) =>
      recommend(rule(), { ...observation, group, readings: { cpu: reading(value) } });

    expect(capacityAt(119)).toMatchObject({ reason: 'WithinTolerance', capacity: 10 });
    expect(capacityAt(121)).toMatchObject({ reason: 'TargetExceeded', capacity: 13 });
    expect(capacityAt(94)).toMatchObject({ reason: 'BelowTarget', capacity: 10 });
  });

  test('does not multiply what warms up, and does not take back what it asked for', () => {
    expect(capacityOf({ capacity: 10, value: 150, pending: 5 })).toBe(10);
    expect(capacityOf({ capacity: 10, value: 230, pending: 5 })).toBe(12);
    expect(recommend(rule(), observe({ capacity: 10, value: 230, pending: 5 })).detail).toBe(
      'cpu is 230 for a target of 100 with 5 warming up, which needs 12',
    );
  });

  // The HPA tests the tolerance again, with who is not ready yet counted as 0.
  test.each([
    { capacity: 10, value: 60, pending: 1, wants: 10 },
    { capacity: 10, value: 61.1, pending: 1, wants: 10 },
    { capacity: 10, value: 61.2, pending: 1, wants: 12 },
    { capacity: 10, value: 60, pending: 0, wants: 12 },
    { capacity: 100, value: 56, pending: 2, wants: 100 },
    { capacity: 2, value: 100, pending: 1, wants: 2 },
    { capacity: 2, value: 120, pending: 1, wants: 3 },
    { capacity: 4, value: 500, pending: 4, wants: 4 },
  ])('with $pending of $capacity pending, at $value of 50, wants $wants', ({ wants, ...scene }) => {
    expect(capacityOf(scene, { target: 50 })).toBe(wants);
  });

  test('says that what warms up brings it within the tolerance', () => {
    expect(
      recommend(rule({ target: 50 }), observe({ capacity: 10, value: 60, pending: 1 })),
    ).toMatchObject({
      reason: 'WithinTolerance',
      detail:
        'cpu is 60 for a target of 50 with 1 warming up, which is within the tolerance once they serve',
    });
  });

  test.each([
    { value: 150, isStuck: true, wants: 13 },
    { value: 150, isStuck: false, wants: 10 },
    { value: 50, isStuck: true, wants: 7 },
    { value: 50, isStuck: false, wants: 5 },
  ])('puts what is stuck on top of what is needed: at $value $wants', (each) => {
    const scene = observe({ capacity: 10, value: each.value, pending: 4 });
    const ids = scene.state.instances.slice(0, 4).map(({ id }) => id);
    const pendingSince = Object.fromEntries(ids.map((id) => [id, NOON - seconds(900)]));
    const head = aScaleHead(each.isStuck ? { pendingSince } : {});

    expect(recommend(rule(), { ...scene, head })).toMatchObject({ capacity: each.wants });
  });

  test('reckons all that there is on the way in', () => {
    expect(capacityOf({ capacity: 10, value: 50, pending: 5 })).toBe(5);
  });

  test('wants no less when there is more load', () => {
    const load = fc.double({ min: 0, max: 1_000, noNaN: true });
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), load, load, (capacity, pending, one, other) => {
        const scene = { capacity, pending: Math.min(capacity, pending) };
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const at = (value: number) => capacityOf({ ...scene, value }) ?? -1;

        expect(at(less)).toBeLessThanOrEqual(at(more));
      }),
    );
  });

  test('says what it saw and what that needs', () => {
    expect(recommend(rule(), observe({ capacity: 4, value: 150.25 }))).toEqual({
      kind: 'recommends',
      rule: 'load',
      reason: 'TargetExceeded',
      capacity: 7,
      detail: 'cpu is 150.25 for a target of 100, which needs 7',
    });
  });
});

describe('a rule that tracks a total', () => {
  // Amazon's own example: 1,500 messages, 10 instances, 100 messages each are acceptable.
  test.each([
    { capacity: 10, value: 1_500, wants: 15 },
    { capacity: 10, value: 1_100, wants: 10 },
    { capacity: 10, value: 1_101, wants: 12 },
    { capacity: 10, value: 250, wants: 3 },
    { capacity: 0, value: 150, wants: 2 },
    { capacity: 0, value: 0, wants: 0 },
  ])('of $value, 100 for each unit, wants $wants of $capacity', ({ wants, ...scene }) => {
    expect(capacityOf(scene, { isTotal: true })).toBe(wants);
  });

  test('says that the target is for each unit', () => {
    expect(recommend(rule({ isTotal: true }), observe({ capacity: 2, value: 201 })).detail).toBe(
      'cpu is 201 for a target of 100 per unit, which is within the tolerance',
    );
  });
});

describe('a rule that tracks without data', () => {
  const blind = (overrides: Partial<TrackRule>) =>
    recommend(rule(overrides), { ...observe({ capacity: 4, value: 0 }), readings: {} });

  test.each([
    { onMissing: 'hold', expected: { kind: 'blind', reason: 'MissingData', blocksScaleIn: true } },
    { onMissing: 'ignore', expected: { kind: 'blind', blocksScaleIn: false } },
    { onMissing: 'fail', expected: { kind: 'fails', reason: 'MetricsFailed' } },
    { onMissing: 'zero', expected: { kind: 'recommends', reason: 'BelowTarget', capacity: 0 } },
    { onMissing: { last: 600 }, expected: { kind: 'blind', blocksScaleIn: true } },
    {
      onMissing: { fallback: 6 },
      expected: {
        kind: 'recommends',
        reason: 'Fallback',
        capacity: 6,
        detail: 'cpu has no data: falls back to 6',
      },
    },
  ] as const)('and $onMissing: $expected.kind', ({ onMissing, expected }) => {
    expect(blind({ onMissing })).toMatchObject(expected);
  });
});

test('a shadow and a ballot are handed on', () => {
  const seen = recommend(
    rule({ isShadow: true, ballot: 'all' }),
    observe({ capacity: 4, value: 100 }),
  );
  expect(seen).toMatchObject({ isShadow: true, ballot: 'all' });
});

describe('a value', () => {
  const at = (ageSeconds: number, overrides: Partial<TrackRule> = {}) => {
    const observation = observe({ capacity: 4, value: 100 });
    // A datapoint is dated by the begin of its period of a minute.
    const old = reading(100, ageSeconds + 60);
    return recommend(rule(overrides), { ...observation, readings: { cpu: old } });
  };

  test.each([
    { ageSeconds: 180, kind: 'recommends' },
    { ageSeconds: 181, kind: 'blind' },
  ])('that ended $ageSeconds s ago: $kind', ({ ageSeconds, kind }) => {
    expect(at(ageSeconds).kind).toBe(kind);
  });

  test.each([
    { ageSeconds: 600, kind: 'recommends' },
    { ageSeconds: 601, kind: 'blind' },
  ])('of up to ten minutes is good enough for "last 10m": $ageSeconds s', (each) => {
    expect(at(each.ageSeconds, { onMissing: { last: 600 } }).kind).toBe(each.kind);
  });

  test('that is too old says how old, or counts as zero', () => {
    expect(at(400).detail).toBe('the last value of cpu is 6 min 40 s old');
    expect(at(400, { onMissing: 'zero' })).toMatchObject({ capacity: 0 });
  });

  test('of long periods may be two of them old, beyond the three minutes that it settles', () => {
    const observation = observe({ capacity: 4, value: 100 });
    const metrics = { cpu: { ...CPU, periodSeconds: 300 } };
    const seen = (ageSeconds: number) =>
      recommend(rule(), {
        ...observation,
        group: { ...observation.group, metrics },
        readings: { cpu: { value: 100, at: NOON - seconds(300 + ageSeconds) } },
      }).kind;

    expect([seen(780), seen(781)]).toEqual(['recommends', 'blind']);
  });

  test('of a metric that is not configured has a period of nothing', () => {
    const observation = observe({ capacity: 4, value: 100 });
    const group = { ...observation.group, metrics: {} };
    const head = aScaleHead();

    expect(recommend(rule(), { ...observation, group, head }).kind).toBe('recommends');
  });
});
