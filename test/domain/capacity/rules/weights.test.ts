import { describe, expect, test } from '@jest/globals';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import { reckonedCapacity } from '#domain/capacity/reckoned-capacity.ts';
import { recommend } from '#domain/capacity/recommend.ts';
import type { Rule } from '#domain/configuration/rule.ts';
import type { Adjustment } from '#domain/configuration/rule-parts.ts';
import {
  aGroup,
  aGroupState,
  alarmOf,
  anAlarmRule,
  anInstance,
  anObservation,
} from '#test/support/builders.ts';
import { CPU, reading } from '#test/support/readings.ts';

const fleet = (
  weights: readonly number[],
  capacityDesired: number,
  { rules = [], cpu }: Readonly<{ rules?: readonly Rule[]; cpu?: number }> = {},
) =>
  anObservation({
    group: aGroup({ capacity: { min: 0, max: 100 }, rules, metrics: { cpu: CPU } }),
    state: aGroupState({
      capacityMin: 0,
      capacityMax: 100,
      capacityDesired,
      instances: weights.map((weight, index) => anInstance({ id: `i-${index}`, weight })),
    }),
    alarms: rules.flatMap((rule) => (rule.kind === 'threshold' ? [alarmOf(rule)] : [])),
    ...(cpu === undefined ? {} : { readings: { cpu: reading(cpu) } }),
    obstacles: [],
  });

const FOURS = [4, 4, 4, 4, 4, 4, 4, 4];
const decide = (adjustment: Adjustment, capacityDesired = 30, weights = FOURS) =>
  decideCapacity(fleet(weights, capacityDesired, { rules: [anAlarmRule('rule', { adjustment })] }));
const remove = (amount: number, unit: 'capacity' | 'percent' = 'capacity'): Adjustment => ({
  kind: 'remove',
  amount,
  unit,
});

describe('a rule of a weighted group with 32 units for a desired 30', () => {
  test.each([
    { adjustment: remove(1), to: 30 },
    { adjustment: remove(2), to: 30 },
    { adjustment: remove(3), to: 29 },
    { adjustment: remove(4), to: 28 },
    { adjustment: remove(10, 'percent'), to: 29 },
    { adjustment: { kind: 'add', amount: 1, unit: 'capacity' }, to: 33 },
    { adjustment: { kind: 'add', amount: 10, unit: 'percent' }, to: 35 },
    { adjustment: { kind: 'set', capacity: 29 }, to: 29 },
  ] as const)('that does $adjustment makes $to', ({ adjustment, to }) => {
    expect(decide(adjustment).to).toBe(to);
  });

  test('says why nothing is removed', () => {
    expect(decide(remove(1)).summary).toBe(
      'web stays at 30: alarm rule (in ALARM for 12 s): 32 are there for 30, remove 1 from 32 makes 31: nothing to remove',
    );
  });

  test.each([
    { cpu: 150, capacity: 48 },
    { cpu: 75, capacity: 24 },
    { cpu: 95, capacity: 30 },
    { cpu: 99, capacity: 30 },
  ])('that tracks $cpu of 100 reckons from all of them: $capacity', ({ cpu, capacity }) => {
    const rule: Rule = {
      kind: 'track',
      name: 'load',
      metric: 'cpu',
      target: 100,
      isTotal: false,
      onMissing: 'hold',
    };

    expect(recommend(rule, fleet(FOURS, 30, { cpu }))).toMatchObject({ capacity });
  });
});

describe('what rules reckon from', () => {
  test.each([
    { title: 'the desired capacity, when it is there', weights: FOURS, desired: 32, from: 32 },
    { title: 'the desired capacity, when units are missing', weights: [4], desired: 30, from: 30 },
    { title: 'what is there, when weights leave a surplus', weights: FOURS, desired: 29, from: 32 },
    {
      title: 'the desired capacity, when a whole instance is about to leave',
      weights: FOURS,
      desired: 28,
      from: 28,
    },
    {
      title: 'the desired capacity of a group without weights',
      weights: [1, 1, 1],
      desired: 2,
      from: 2,
    },
  ])('is $title', ({ weights, desired, from }) => {
    expect(reckonedCapacity(fleet(weights, desired))).toBe(from);
  });
});
