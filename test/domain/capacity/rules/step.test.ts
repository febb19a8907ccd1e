import { describe, expect, test } from '@jest/globals';
import { recommend } from '#domain/capacity/recommend.ts';
import type { StepRule } from '#domain/configuration/rule.ts';
import type { Adjustment } from '#domain/configuration/rule-parts.ts';
import { aGroup, aGroupState, anObservation, someInstances } from '#test/support/builders.ts';
import { CPU, reading } from '#test/support/readings.ts';

const percent = (kind: 'add' | 'remove', amount: number): Adjustment => ({
  kind,
  amount,
  unit: 'percent',
});

/** The steps of the example in the AWS guide, around a threshold of 50. */
const rule = (overrides: Partial<StepRule> = {}): StepRule => ({
  kind: 'step',
  name: 'bands',
  metric: 'cpu',
  atLeast: 0,
  onMissing: 'hold',
  bands: [
    { side: 'above', bound: 60, adjustment: percent('add', 10) },
    { side: 'above', bound: 70, adjustment: percent('add', 30) },
    { side: 'below', bound: 40, adjustment: percent('remove', 10) },
    { side: 'below', bound: 30, adjustment: percent('remove', 30) },
  ],
  ...overrides,
});

const observe = (capacity: number, value: number, pending = 0) =>
  anObservation({
    group: aGroup({ metrics: { cpu: CPU } }),
    state: aGroupState({
      capacityDesired: capacity,
      instances: someInstances(capacity, pending),
    }),
    readings: { cpu: reading(value) },
  });

describe('a step rule', () => {
  test.each([
    { capacity: 10, value: 60, wants: 11 },
    { capacity: 11, value: 70, wants: 14 },
    { capacity: 14, value: 40, wants: 13 },
    { capacity: 13, value: 30, wants: 10 },
    { capacity: 10, value: 69.9, wants: 11 },
    { capacity: 10, value: 1_000, wants: 13 },
    { capacity: 10, value: 30.1, wants: 9 },
    { capacity: 10, value: -5, wants: 7 },
    { capacity: 0, value: 70, wants: 0 },
  ])('with $capacity at $value wants $wants', ({ capacity, value, wants }) => {
    expect(recommend(rule(), observe(capacity, value))).toMatchObject({
      reason: 'BandMet',
      capacity: wants,
    });
  });

  test.each([40.1, 50, 59.9])('has no wish at %d, between its bands', (value) => {
    expect(recommend(rule(), observe(10, value))).toEqual({
      kind: 'abstains',
      rule: 'bands',
      reason: 'NoBandMet',
      detail: `cpu is ${value}, in no band`,
    });
  });

  test('says which band, and what it makes', () => {
    expect(recommend(rule(), observe(10, 72)).detail).toBe(
      'cpu is 72, above 70: add 30% to 10 makes 13',
    );
  });

  test('changes by the least change at least', () => {
    expect(recommend(rule({ atLeast: 2 }), observe(4, 60))).toMatchObject({ capacity: 6 });
    expect(recommend(rule({ atLeast: 2 }), observe(0, 60))).toMatchObject({ capacity: 2 });
    expect(recommend(rule({ atLeast: 2 }), observe(4, 40))).toMatchObject({ capacity: 2 });
  });

  // https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html: the outcome
  // is held against all, the adjustment reckoned without what warms up.
  test.each([
    { value: 62, wants: 11, words: '1 of 11 warming up, add 10% to 10 makes 11: nothing to add' },
    { value: 72, wants: 13, words: '1 of 11 warming up, add 30% to 10 makes 13' },
  ])('at $value while one of eleven warms up wants $wants', ({ value, wants, words }) => {
    const recommendation = recommend(rule(), observe(11, value, 1));

    expect(recommendation).toMatchObject({ capacity: wants });
    expect(recommendation.detail).toContain(words);
  });

  test('takes its bands in any order', () => {
    const bands = rule().bands.toReversed();
    expect(recommend(rule({ bands }), observe(10, 80))).toMatchObject({ capacity: 13 });
    expect(recommend(rule({ bands }), observe(10, 20))).toMatchObject({ capacity: 7 });
  });

  test('is blind without data', () => {
    expect(recommend(rule(), { ...observe(4, 0), readings: {} })).toMatchObject({ kind: 'blind' });
  });
});
