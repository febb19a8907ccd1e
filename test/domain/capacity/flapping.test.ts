import { describe, expect, test } from '@jest/globals';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import { flappingNews, nextFlapping, scaleInCooldown } from '#domain/capacity/flapping.ts';
import { cooldown } from '#domain/capacity/gates/cooldown.ts';
import { heldHead, isWorthKeeping, settledHead } from '#domain/capacity/next-scale-head.ts';
import type { GroupObservation } from '#domain/capacity/observation.ts';
import type { FlappingBehavior } from '#domain/configuration/behavior.ts';
import type { ScheduleRule } from '#domain/configuration/rule.ts';
import type { Change, Flapping } from '#domain/ledger/head.ts';
import { outcomeOfAction } from '#domain/ledger/outcome-of.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import {
  aBehavior,
  aCapacityDecision,
  aGroup,
  anObservation,
  aScaleHead,
  CPU_HIGH,
  CPU_LOW,
  minutes,
  NOON,
  seconds,
} from '#test/support/builders.ts';

/** Three reversals within an hour; up to half an hour. */
const FLAPPING: FlappingBehavior = {
  reversals: 3,
  withinSeconds: 3_600,
  longestCooldownSeconds: 1_800,
};
const HOUR = minutes(60);

const OFFICE: ScheduleRule = {
  kind: 'schedule',
  name: 'office',
  capacity: 8,
  window: { kind: 'once', from: 0, to: 1 },
};

type Step = readonly [minutesAgo: number, side: 'out' | 'in' | 'office' | 'bounds'];

const changeOf = ([ago, side]: Step): Change => {
  const sizes = side === 'in' ? { from: 5, to: 4 } : { from: 4, to: 5 };
  const rule = { out: 'cpu-high', in: 'cpu-low', office: 'office', bounds: undefined }[side];
  return { at: NOON - minutes(ago), ...sizes, ...(rule === undefined ? {} : { rule }) };
};

type Scene = Readonly<{
  flapping?: Flapping;
  behavior?: FlappingBehavior | undefined;
  cooldownSeconds?: number;
  now?: number;
}>;

const observe = (
  steps: readonly Step[],
  { flapping, behavior = FLAPPING, cooldownSeconds = 300, now = NOON }: Scene = {},
): GroupObservation =>
  anObservation({
    now,
    group: aGroup({
      rules: [CPU_HIGH, CPU_LOW, OFFICE],
      behavior: aBehavior({ flapping: behavior, scaleIn: { cooldownSeconds } }),
    }),
    head: aScaleHead({
      changes: steps.map(changeOf),
      ...(flapping === undefined ? {} : { flapping }),
    }),
  });

const FLAP: readonly Step[] = [
  [40, 'out'],
  [30, 'in'],
  [20, 'out'],
  [10, 'in'],
];

describe('what changes come to', () => {
  test('is nothing without a change by rules', () => {
    expect(nextFlapping(observe([]))).toBeUndefined();
    expect(nextFlapping(observe([[9, 'bounds']]))).toBeUndefined();
  });

  test('is no reversal with the first change, nor with one that goes on', () => {
    const steps: readonly Step[] = [
      [9, 'out'],
      [5, 'out'],
    ];
    expect(nextFlapping(observe(steps))).toEqual({
      at: NOON - minutes(5),
      isOut: true,
      outBy: 'cpu-high',
      reversals: [],
    });
  });

  test('is a flap with as many reversals as the behaviour says, from the last of them on', () => {
    expect(nextFlapping(observe(FLAP.slice(0, 3)))).toEqual({
      at: NOON - minutes(20),
      isOut: true,
      outBy: 'cpu-high',
      inBy: 'cpu-low',
      reversals: [NOON - minutes(30), NOON - minutes(20)],
    });
    expect(nextFlapping(observe(FLAP))).toEqual({
      at: NOON - minutes(10),
      isOut: false,
      outBy: 'cpu-high',
      inBy: 'cpu-low',
      reversals: [NOON - minutes(30), NOON - minutes(20), NOON - minutes(10)],
      since: NOON - minutes(10),
      doublings: 1,
    });
  });

  test('is the same whether it is reckoned at once or change by change', () => {
    const steps: readonly Step[] = [...FLAP, [5, 'out'], [4, 'out'], [1, 'in']];
    const stepwise = steps.reduce<Flapping | undefined>((flapping, step, index) => {
      const now = NOON - minutes(step[0]);
      // What is reckoned in may still stand in the list of changes, or have left it.
      const kept = steps.slice(index % 2 === 0 ? 0 : index, index + 1);
      return nextFlapping(observe(kept, { now, ...(flapping ? { flapping } : {}) }));
    }, undefined);

    expect(stepwise).toEqual(nextFlapping(observe(steps)));
    expect(stepwise).toMatchObject({ doublings: 3, since: NOON - minutes(10) });
  });

  test.each<{ title: string; steps: readonly Step[] }>([
    {
      title: 'a schedule that asks for a capacity',
      steps: [
        [40, 'in'],
        [30, 'office'],
        [20, 'in'],
        [10, 'office'],
        [5, 'in'],
      ],
    },
    {
      title: 'bounds, people and corrections',
      steps: [
        [40, 'in'],
        [30, 'bounds'],
        [20, 'in'],
        [10, 'bounds'],
        [5, 'in'],
      ],
    },
  ])('counts no reversal by $title', ({ steps }) => {
    expect(nextFlapping(observe(steps))?.reversals).toEqual([]);
  });

  test('counts a rule that is no longer in the file as a rule', () => {
    const steps = FLAP.map(changeOf).map((change) => ({ ...change, rule: 'gone' }));
    const observation = observe([]);
    const head = aScaleHead({ changes: steps });

    expect(nextFlapping({ ...observation, head })?.doublings).toBe(1);
  });

  test('is no flap when the reversals lie further apart', () => {
    const apart: readonly Step[] = [
      [71, 'out'],
      [70, 'in'],
      [40, 'out'],
      [10, 'in'],
    ];
    expect(nextFlapping(observe(apart))).not.toHaveProperty('doublings');
    const within = apart.map(([ago, side]): Step => [ago === 70 ? 69.9 : ago, side]);
    expect(nextFlapping(observe(within))).toMatchObject({ doublings: 1 });
  });

  test('goes on while the next reversal comes in time, however far the first ones lie back', () => {
    const flapping = nextFlapping(observe(FLAP));
    const later: Change = { at: NOON + minutes(49), from: 4, to: 5, rule: 'cpu-high' };
    const observation = observe([], { now: later.at, ...(flapping ? { flapping } : {}) });
    const head = { ...observation.head, changes: [later] };

    expect(nextFlapping({ ...observation, head })).toMatchObject({
      doublings: 2,
      since: NOON - minutes(10),
    });
  });

  test('heals when nothing turned round for the whole time, and begins anew after that', () => {
    const flapping = nextFlapping(observe(FLAP)) as Flapping;
    const last = NOON - minutes(10);
    const at = (now: number) => nextFlapping(observe([], { flapping, now }));

    expect(at(last + HOUR - 1)).toHaveProperty('doublings', 1);
    expect(at(last + HOUR)).toEqual({
      at: last,
      isOut: false,
      outBy: 'cpu-high',
      inBy: 'cpu-low',
      reversals: [],
    });

    const late: Change = { at: last + HOUR, from: 4, to: 5, rule: 'cpu-high' };
    const observation = observe([], { flapping, now: late.at });
    const next = nextFlapping({
      ...observation,
      head: { ...observation.head, changes: [late] },
    });
    expect(next?.reversals).toEqual([late.at]);
    expect(next).not.toHaveProperty('since');
  });

  test('is not believed to a clock that was ahead', () => {
    const ahead: Step = [-600, 'out'];
    expect(nextFlapping(observe([ahead]))).toBeUndefined();

    const flapping = { at: NOON + HOUR, isOut: true, reversals: [NOON + HOUR], doublings: 9 };
    expect(nextFlapping(observe(FLAP, { flapping }))?.doublings).toBe(1);
  });

  test('is not reckoned for a group whose behaviour does not ask for it', () => {
    const observation = observe(FLAP);
    const group = { ...observation.group, behavior: aBehavior() };

    expect(nextFlapping({ ...observation, group })).toBeUndefined();
    expect(scaleInCooldown({ ...observation, group })).toBe(300);
    expect(flappingNews({ ...observation, group })).toEqual([]);
  });
});

describe('the cooldown of scale-in', () => {
  const flapping = (doublings: number): Flapping => ({
    at: NOON - minutes(5),
    isOut: true,
    reversals: [NOON - minutes(5)],
    since: NOON - minutes(5),
    doublings,
  });
  const cooldownOf = (doublings: number, scene: Scene = {}) =>
    scaleInCooldown(observe([], { flapping: flapping(doublings), ...scene }));

  test('doubles with each reversal of a flap, up to the longest', () => {
    expect([1, 2, 3, 4, 2_000].map((count) => cooldownOf(count))).toEqual([
      600, 1_200, 1_800, 1_800, 1_800,
    ]);
    expect(scaleInCooldown(observe(FLAP.slice(0, 3)))).toBe(300);
  });

  test('of nothing doubles as one of a minute does', () => {
    expect(cooldownOf(1, { cooldownSeconds: 0 })).toBe(120);
  });

  test('is never shorter than it is configured', () => {
    expect(cooldownOf(1, { cooldownSeconds: 3_600 })).toBe(3_600);
  });

  test('holds a removal with a reason of its own, where the usual cooldown would not', () => {
    const check = (agoSeconds: number, capacity = 3) => {
      const observation = observe([], { flapping: flapping(1) });
      const change = { at: NOON - seconds(agoSeconds), from: 3, to: 4 };
      const head = { ...observation.head, lastScaleOut: change };
      return cooldown.check(capacity, { ...observation, head });
    };

    expect(check(299)).toEqual({
      kind: 'hold',
      reason: 'CoolingDown',
      detail:
        'the change from 3 to 4 was 4 min 59 s ago, and the cooldown is 10 min instead of 5 min, for the group flaps',
    });
    expect(check(300)).toMatchObject({ kind: 'hold', reason: 'Flapping' });
    expect(check(599)).toMatchObject({ kind: 'hold', reason: 'Flapping' });
    expect(check(600)).toEqual({ kind: 'pass', detail: 'the cooldown of 10 min is over' });
    expect(check(180, 5)).toMatchObject({ kind: 'pass' });
  });
});

describe('what people are told of a flap', () => {
  test('is told by the first look that finds it, with both rules, and never again', () => {
    const observation = observe(FLAP);
    const decision = decideCapacity(observation);
    const head = heldHead(observation, decision);

    expect(isWorthKeeping(observation, decision)).toBe(true);
    expect(head.untold).toEqual([
      {
        schemaVersion: 1,
        kind: 'flapping',
        wishes: [],
        decisionId: 'web-flapping-1',
        group: 'web',
        autoScalingGroup: 'web-prod',
        at: NOON,
        reason: 'Flapping',
        about: 'capacity',
        summary:
          'web goes back and forth: cpu-low removes what cpu-high adds, 3 reversals within 1 h. Scale-in now waits for 10 min after a change instead of 5 min, and longer with each further reversal; 1 h without one end that. Move the bounds of the two rules apart: npx tidegate lint shows how',
      },
    ]);

    const next = { ...observation, head: { ...head, untold: [] } };
    expect(heldHead(next, decision).untold).toEqual([]);
    expect(isWorthKeeping(next, decision)).toBe(false);
  });

  test('is nothing while the group turns round less often', () => {
    expect(flappingNews(observe(FLAP.slice(0, 3)))).toEqual([]);
  });

  test('is told again when a flap that had ended begins again', () => {
    const {
      since: _since,
      doublings: _doublings,
      ...before
    } = nextFlapping(observe(FLAP)) as Flapping;
    const old = { ...before, at: NOON - 9 * HOUR, reversals: [NOON - 9 * HOUR], isOut: true };
    const again = observe(FLAP, { flapping: { ...old, since: NOON - 9 * HOUR, doublings: 4 } });

    expect(nextFlapping(again)).toMatchObject({ doublings: 1, since: NOON - minutes(10) });
    expect(flappingNews(again)).toHaveLength(1);
  });
});

describe('what a settled change remembers', () => {
  const settle = (reason: Reason) => {
    const decision = aCapacityDecision({ reason, rule: 'cpu-high' });
    const planned = aScaleHead({ version: 1, inFlight: { decision, claimedAt: NOON } });
    return settledHead(planned, outcomeOfAction(decision, { kind: 'applied' }), NOON).changes;
  };

  test.each(['ScaledOut', 'ScaledIn'] as const)('is the rule behind %s', (reason) => {
    expect(settle(reason)).toEqual([{ at: NOON, from: 4, to: 6, rule: 'cpu-high' }]);
  });

  test.each(['BelowMinimum', 'AboveMaximum', 'Pinned', 'RolledBack'] as const)(
    'is no rule behind %s',
    (reason) => {
      expect(settle(reason)).toEqual([{ at: NOON, from: 4, to: 6 }]);
    },
  );

  test('is no rule behind what was restored', () => {
    expect(settle('Restored')).toEqual([{ at: NOON, from: 4, to: 6, isRestored: true }]);
  });
});
