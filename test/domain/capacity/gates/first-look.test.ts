import { describe, expect, test } from '@jest/globals';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import { heldHead, isWorthKeeping } from '#domain/capacity/next-scale-head.ts';
import type { Rule } from '#domain/configuration/rule.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import {
  aBehavior,
  aGroup,
  aGroupState,
  anObservation,
  aScaleHead,
  NOON,
  seconds,
} from '#test/support/builders.ts';
import { CPU, reading } from '#test/support/readings.ts';

const TRACK: Rule = {
  kind: 'track',
  name: 'load',
  metric: 'cpu',
  target: 50,
  isTotal: false,
  onMissing: 'hold',
};

/** Five units at a load of a target of 50, with the HPA's windows: 300 s in, as given out. */
const observe = (cpu: number, head: Partial<ScaleHead>, out = 0, inward = 300) =>
  anObservation({
    group: aGroup({
      rules: [TRACK],
      metrics: { cpu: CPU },
      capacity: { min: 1, max: 20 },
      behavior: aBehavior({
        scaleOut: { stabilizeSeconds: out, cooldownSeconds: 0 },
        scaleIn: { stabilizeSeconds: inward, cooldownSeconds: 0 },
      }),
    }),
    state: aGroupState({ capacityDesired: 5 }),
    readings: { cpu: reading(cpu) },
    head: aScaleHead(head),
    obstacles: [],
  });

const wished = (...wishes: readonly (readonly [ago: number, capacity: number])[]) => ({
  wishes: wishes.map(([ago, capacity]) => ({ at: NOON - seconds(ago), capacity })),
});

describe('a window whose begin nobody remembers', () => {
  test.each([
    { title: 'at the first look', cpu: 28, head: {}, to: 5 },
    { title: 'a look later', cpu: 28, head: wished([60, 3]), to: 5 },
    { title: 'a second before its end', cpu: 28, head: wished([299, 3]), to: 5 },
    { title: 'once it is remembered', cpu: 28, head: wished([300, 3]), to: 3 },
  ])('counts what there is as wanted on the way in: $title', ({ cpu, head, to }) => {
    expect(decideCapacity(observe(cpu, head)).to).toBe(to);
  });

  test.each([
    { head: {}, to: 5 },
    { head: wished([119, 10]), to: 5 },
    { head: wished([120, 10]), to: 10 },
  ])('counts what there is as wanted on the way out: $to', ({ head, to }) => {
    expect(decideCapacity(observe(100, head, 120)).to).toBe(to);
  });

  test('is said to be unknown', () => {
    expect(decideCapacity(observe(28, {}))).toMatchObject({
      to: 5,
      reason: 'ScaleDownStabilized',
      summary:
        'web stays at 5: load asks for 3, but what the rules asked for 5 min ago is not known, so what there is counts as that',
    });
  });

  test('does not hold up the direction that has none', () => {
    expect(decideCapacity(observe(100, {})).to).toBe(10);
  });
});

test('wishes of a group without a window are forgotten, so that none speaks when one comes back', () => {
  const observation = observe(28, wished([9_000, 3]), 0, 0);
  const decision = decideCapacity(observation);

  expect(isWorthKeeping(observation, decision)).toBe(true);
  const head = heldHead(observation, decision);
  expect(head.wishes).toEqual([]);
  expect(isWorthKeeping({ ...observation, head }, decision)).toBe(false);
});
