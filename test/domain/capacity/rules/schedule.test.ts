import { describe, expect, test } from '@jest/globals';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import { narrowedBoundsOf } from '#domain/capacity/narrowed-bounds.ts';
import { recommend } from '#domain/capacity/recommend.ts';
import type { ScheduleRule } from '#domain/configuration/rule.ts';
import { aGroup, aGroupState, anObservation, NOON } from '#test/support/builders.ts';

const rule = (overrides: Partial<ScheduleRule> = {}): ScheduleRule => ({
  kind: 'schedule',
  name: 'office',
  window: { kind: 'once', from: NOON, to: NOON + 1 },
  ...overrides,
});

const observe = (rules: readonly ScheduleRule[], isOpen = true, capacityDesired = 4) =>
  anObservation({
    group: aGroup({ rules, capacity: { min: 2, max: 10 } }),
    state: aGroupState({ capacityDesired }),
    openings: Object.fromEntries(rules.map(({ name }) => [name, { isOpen }])),
  });

describe('a schedule', () => {
  test('with a capacity asks for it while it holds', () => {
    const six = rule({ capacity: 6 });
    expect(recommend(six, observe([six]))).toMatchObject({
      kind: 'recommends',
      reason: 'WindowOpen',
      capacity: 6,
    });
    expect(recommend(six, observe([six], false))).toMatchObject({
      kind: 'abstains',
      reason: 'WindowClosed',
    });
    expect(recommend(six, anObservation())).toMatchObject({ reason: 'WindowClosed' });
  });

  test('neither asks for a capacity nor moves a bound while ScheduledActions is suspended', () => {
    const rules = [rule({ name: 'night', max: 3 }), rule({ name: 'day', capacity: 6 })];
    const open = observe(rules);
    const suspend = (...suspendedProcesses: readonly string[]) => ({
      ...open,
      state: aGroupState({ suspendedProcesses }),
    });

    expect(decideCapacity(open)).toMatchObject({ to: 3, reason: 'AboveMaximum' });
    expect(decideCapacity(suspend('ScheduledActions'))).toMatchObject({ to: 4, reason: 'Steady' });
    expect(decideCapacity(suspend('AZRebalance', 'AddToLoadBalancer')).to).toBe(3);
    expect(narrowedBoundsOf(suspend('ScheduledActions'))).toEqual({ min: 2, max: 10 });
    expect(recommend(rules[1] as ScheduleRule, suspend('ScheduledActions'))).toEqual({
      kind: 'abstains',
      rule: 'day',
      reason: 'SchedulesSuspended',
      detail: 'ScheduledActions is suspended, which leaves schedules out',
    });
  });

  test('with bounds has no wish, and says what it does', () => {
    const bounded = rule({ min: 4, max: 8 });
    expect(recommend(bounded, observe([bounded]))).toEqual({
      kind: 'abstains',
      rule: 'office',
      reason: 'WindowOpen',
      detail: 'its time has come: at least 4, at most 8',
    });
  });

  test.each([
    {
      title: 'raises the minimum',
      effect: { min: 6 },
      limits: { min: 6, max: 10, minBy: 'office' },
    },
    {
      title: 'lowers the maximum',
      effect: { max: 3 },
      limits: { min: 2, max: 3, maxBy: 'office' },
    },
    { title: 'does not lower the minimum', effect: { min: 1 }, limits: { min: 2, max: 10 } },
    { title: 'does not raise the maximum', effect: { max: 99 }, limits: { min: 2, max: 10 } },
    {
      title: 'stays below the maximum of the group',
      effect: { min: 50 },
      limits: { min: 10, max: 10, minBy: 'office' },
    },
    {
      title: 'stays above the minimum of the group',
      effect: { max: 0 },
      limits: { min: 2, max: 2, maxBy: 'office' },
    },
  ])('$title', ({ effect, limits }) => {
    expect(narrowedBoundsOf(observe([rule(effect)]))).toEqual(limits);
  });

  test('of two that contradict each other the minimum wins', () => {
    const rules = [rule({ min: 6 }), rule({ name: 'night', max: 3 })];
    expect(narrowedBoundsOf(observe(rules))).toEqual({
      min: 6,
      max: 6,
      minBy: 'office',
      maxBy: 'night',
    });
  });

  test.each([
    { title: 'a window that is closed', one: rule({ min: 6 }), isOpen: false },
    { title: 'a shadow', one: rule({ min: 6, isShadow: true }), isOpen: true },
  ])('of $title moves nothing', ({ one, isOpen }) => {
    expect(narrowedBoundsOf(observe([one], isOpen))).toEqual({ min: 2, max: 10 });
  });

  test('brings the group within the bounds that it moves, and is named', () => {
    expect(decideCapacity(observe([rule({ min: 6 })]))).toMatchObject({
      from: 4,
      to: 6,
      reason: 'BelowMinimum',
      summary: 'web 4 → 6: 4 is below the minimum of 6 of office',
    });
    expect(decideCapacity(observe([rule({ max: 3 })]))).toMatchObject({
      from: 4,
      to: 3,
      reason: 'AboveMaximum',
      summary: 'web 4 → 3: 4 is above the maximum of 3 of office',
    });
  });
});
