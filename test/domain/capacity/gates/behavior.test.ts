import { describe, expect, test } from '@jest/globals';
import { limits } from '#domain/capacity/gates/limits.ts';
import { stabilisation } from '#domain/capacity/gates/stabilisation.ts';
import { warmUp } from '#domain/capacity/gates/warm-up.ts';
import type { Direction, Limit } from '#domain/configuration/behavior.ts';
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

type Scene = Readonly<{
  current: number;
  scaleOut?: Partial<Direction>;
  scaleIn?: Partial<Direction>;
  head?: Partial<ScaleHead>;
  warmupSeconds?: number;
}>;

const observe = ({ current, head, ...behavior }: Scene) =>
  anObservation({
    group: aGroup({ behavior: aBehavior(behavior) }),
    state: aGroupState({ capacityDesired: current }),
    head: aScaleHead(head),
  });

/** The capacities that were wanted so many seconds ago. */
const wished = (...wishes: readonly (readonly [number, number])[]): Partial<ScaleHead> => ({
  wishes: wishes.map(([ago, capacity]) => ({ at: NOON - seconds(ago), capacity })),
});

describe('stabilisation', () => {
  const window = { stabilizeSeconds: 300 };
  const check = (capacity: number, scene: Scene) => stabilisation.check(capacity, observe(scene));

  test('lets pass what needs no window', () => {
    expect(check(4, { current: 4 })).toMatchObject({ kind: 'pass' });
    expect(check(6, { current: 4 })).toMatchObject({ detail: 'no stabilisation window' });
  });

  test.each([
    { title: 'a wish that has lasted', wishes: [[400, 6]], to: 6 },
    { title: 'a wish that grew', wishes: [[400, 5]], to: 5 },
    {
      title: 'a wish that sank within the window',
      wishes: [
        [400, 9],
        [100, 6],
      ],
      to: 6,
    },
    { title: 'a wish that is new', wishes: [], to: 4 },
    {
      title: 'a wish of the last minute',
      wishes: [
        [400, 4],
        [60, 6],
      ],
      to: 4,
    },
    {
      title: 'a wish after a wish for less',
      wishes: [
        [400, 2],
        [60, 6],
      ],
      to: 4,
    },
    {
      title: 'a wish that has just begun to last',
      wishes: [
        [900, 4],
        [300, 6],
      ],
      to: 6,
    },
  ] as const)('on the way out: $title', ({ wishes, to }) => {
    const verdict = check(6, { current: 4, scaleOut: window, head: wished(...wishes) });

    expect(resultOf(verdict, 6, 4)).toBe(to);
    if (verdict.kind === 'hold') expect(verdict.reason).toBe('ScaleUpStabilized');
  });

  test.each([
    { title: 'a wish that has lasted', wishes: [[400, 5]], to: 5 },
    { title: 'a wish that sank', wishes: [[400, 7]], to: 7 },
    { title: 'a wish that sank from above', wishes: [[400, 12]], to: 10 },
    {
      title: 'a wish of the last minute',
      wishes: [
        [400, 10],
        [60, 5],
      ],
      to: 10,
    },
    {
      title: 'the largest of all',
      wishes: [
        [400, 6],
        [200, 8],
        [60, 5],
      ],
      to: 8,
    },
  ] as const)('on the way in: $title', ({ wishes, to }) => {
    const verdict = check(5, { current: 10, scaleIn: window, head: wished(...wishes) });

    expect(resultOf(verdict, 5, 10)).toBe(to);
    if (verdict.kind === 'hold') expect(verdict.reason).toBe('ScaleDownStabilized');
  });

  test('says what was asked for before', () => {
    const scene = { current: 10, scaleIn: window, head: wished([400, 7]) };
    expect(check(5, scene)).toEqual({
      kind: 'bend',
      capacity: 7,
      reason: 'ScaleDownStabilized',
      detail: 'within the last 5 min the rules asked for 7',
    });
  });
});

describe('limits', () => {
  const pods = (amount: number, periodSeconds = 15): Limit => ({
    amount,
    unit: 'capacity',
    periodSeconds,
  });
  const percent = (amount: number, periodSeconds = 15): Limit => ({
    amount,
    unit: 'percent',
    periodSeconds,
  });
  const check = (capacity: number, scene: Scene) => limits.check(capacity, observe(scene));

  test('let pass what is not limited', () => {
    expect(check(4, { current: 4 })).toMatchObject({ detail: 'no change to limit' });
    expect(check(40, { current: 4 })).toMatchObject({ detail: 'no limit to the rate' });
  });

  // The HPA's defaults on the way up, each step after the period of the one before.
  test.each([
    [1, 5],
    [5, 10],
    [10, 20],
    [20, 40],
  ])('from %d allow %d by four or 100 %', (current, allowed) => {
    const scene = { current, scaleOut: { limits: [percent(100), pods(4)] } };
    expect(resultOf(check(1_000, scene), 1_000, current)).toBe(allowed);
  });

  test.each([
    [80, 72],
    [72, 64],
    [64, 57],
    [57, 51],
    [51, 45],
    [45, 40],
  ])('from %d allow %d by 10 %', (current, allowed) => {
    const scene = { current, scaleIn: { limits: [percent(10, 60)] } };
    expect(resultOf(check(0, scene), 0, current)).toBe(allowed);
  });

  test.each([
    { select: 'max', out: 14, in: 6 },
    { select: 'min', out: 11, in: 9 },
  ] as const)('with several take the one of $select', ({ select, out, in: inward }) => {
    const rates = { limits: [pods(4), percent(10)], select };
    const scene = { current: 10, scaleOut: rates, scaleIn: rates };

    expect(resultOf(check(30, scene), 30, 10)).toBe(out);
    expect(resultOf(check(1, scene), 1, 10)).toBe(inward);
  });

  test('count what was changed within the period, in either direction', () => {
    const changes = [
      { at: NOON - seconds(61), from: 2, to: 20 },
      { at: NOON - seconds(30), from: 8, to: 12 },
      { at: NOON - seconds(10), from: 12, to: 10 },
    ];
    const scene = { current: 10, scaleOut: { limits: [pods(4, 60)] }, head: { changes } };
    expect(resultOf(check(20, scene), 20, 10)).toBe(12);
  });

  test('never turn a change round when they are used up', () => {
    const changes = [{ at: NOON - seconds(5), from: 4, to: 10 }];
    const scene = { current: 10, scaleOut: { limits: [pods(4, 60)] }, head: { changes } };
    expect(check(20, scene)).toEqual({
      kind: 'hold',
      reason: 'ScaleUpLimit',
      detail: 'no more than 4 in 1 min, which allows 10',
    });
  });

  test('name the limit that bends', () => {
    const scene = { current: 10, scaleIn: { limits: [percent(10, 300)] } };
    expect(check(1, scene)).toEqual({
      kind: 'bend',
      capacity: 9,
      reason: 'ScaleDownLimit',
      detail: 'no more than 10 % in 5 min, which allows 9',
    });
    expect(check(9, scene)).toMatchObject({ kind: 'pass', detail: 'within 10 % in 5 min' });
  });

  test.each([
    { capacity: 6, detail: 'scaling out is disabled' },
    { capacity: 2, detail: 'scaling in is disabled' },
  ])('may be a prohibition: to $capacity', ({ capacity, detail }) => {
    const never = { select: 'disabled' } as const;
    expect(check(capacity, { current: 4, scaleOut: never, scaleIn: never })).toEqual({
      kind: 'hold',
      reason: 'ScalingDisabled',
      detail,
    });
  });
});

describe('warm-up', () => {
  const added = (ago: number): Partial<ScaleHead> => ({
    changes: [{ at: NOON - seconds(ago), from: 2, to: 4 }],
  });

  test.each([
    { warmupSeconds: 0, ago: 59, kind: 'hold' },
    { warmupSeconds: 0, ago: 60, kind: 'pass' },
    { warmupSeconds: 300, ago: 299, kind: 'hold' },
    { warmupSeconds: 300, ago: 300, kind: 'pass' },
  ])('of $warmupSeconds s, $ago s after an addition: $kind', ({ warmupSeconds, ago, kind }) => {
    const observation = observe({ current: 4, warmupSeconds, head: added(ago) });
    expect(warmUp.check(3, observation).kind).toBe(kind);
  });

  test('says how much was added lately', () => {
    const observation = observe({ current: 4, warmupSeconds: 300, head: added(10) });
    expect(warmUp.check(3, observation)).toEqual({
      kind: 'hold',
      reason: 'InstancesWarmingUp',
      detail: '2 units were added within the last 5 min',
    });
  });
});

const resultOf = (
  verdict: ReturnType<typeof limits.check>,
  wanted: number,
  current: number,
): number => {
  if (verdict.kind === 'bend') return verdict.capacity;
  return verdict.kind === 'pass' ? wanted : current;
};
