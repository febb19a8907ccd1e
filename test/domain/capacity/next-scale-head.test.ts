import { describe, expect, test } from '@jest/globals';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import { heldHead, isWorthKeeping, settledHead } from '#domain/capacity/next-scale-head.ts';
import { lookback } from '#domain/capacity/rules/newest-value.ts';
import { alarmsOf, metricsOf, type Rule } from '#domain/configuration/rule.ts';
import { outcomeOfAction } from '#domain/ledger/outcome-of.ts';
import { notifiedAlarmsIn } from '#domain/sweep/evaluation-message.ts';
import {
  aBehavior,
  aCapacityDecision,
  aGroup,
  anAlarmRule,
  anOverride,
  aScaleHead,
  CPU_HIGH,
  firing,
  NOON,
  seconds,
} from '#test/support/builders.ts';
import { anAlarmEvent } from '#test/support/notify-world.ts';
import { CPU } from '#test/support/readings.ts';

const KEPT = seconds(1_800);
const settle = (changes: readonly number[]) => {
  const decision = aCapacityDecision();
  const planned = aScaleHead({
    version: 1,
    inFlight: { decision, claimedAt: NOON },
    changes: changes.map((at) => ({ at, from: 3, to: 4 })),
  });
  return settledHead(planned, outcomeOfAction(decision, { kind: 'applied' }), NOON).changes.map(
    ({ at }) => at,
  );
};

describe('the changes that are remembered', () => {
  test('are those of half an hour, the longest period of a limit', () => {
    expect(settle([NOON - KEPT, NOON - KEPT + 1])).toEqual([NOON - KEPT + 1, NOON]);
  });

  test('are a hundred at most, the newest', () => {
    const many = Array.from({ length: 150 }, (_, index) => NOON - 1_000 + index);

    expect(settle(many)).toEqual([...many.slice(51), NOON]);
  });
});

describe('the wishes that are remembered', () => {
  const behavior = aBehavior({
    scaleOut: { stabilizeSeconds: 60 },
    scaleIn: { stabilizeSeconds: 300 },
  });
  const next = (wishes: readonly (readonly [ago: number, capacity: number])[]) => {
    const observation = firing(CPU_HIGH, {
      group: aGroup({ behavior }),
      head: aScaleHead({
        wishes: wishes.map(([ago, capacity]) => ({ at: NOON - seconds(ago), capacity })),
      }),
    });
    return heldHead(observation, decideCapacity(observation)).wishes.map(({ at, capacity }) => [
      (NOON - at) / 1_000,
      capacity,
    ]);
  };

  test('are those of the longest window, and the one that held when it began', () => {
    expect(
      next([
        [900, 1],
        [301, 2],
        [300, 3],
        [299, 4],
        [10, 5],
      ]),
    ).toEqual([
      [300, 3],
      [299, 4],
      [10, 5],
      [0, 6],
    ]);
    expect(
      next([
        [301, 2],
        [299, 4],
      ]),
    ).toEqual([
      [301, 2],
      [299, 4],
      [0, 6],
    ]);
    expect(next([[200, 4]])).toEqual([
      [200, 4],
      [0, 6],
    ]);
  });

  test('do not grow while the wish is the same', () => {
    expect(next([[10, 6]])).toEqual([[10, 6]]);
  });

  test('are none without a window', () => {
    const observation = firing(CPU_HIGH);
    const decision = decideCapacity(observation);

    expect(heldHead(observation, decision).wishes).toEqual([]);
    expect(
      isWorthKeeping({ ...observation, head: aScaleHead({ heardAlarms: [] }) }, decision),
    ).toBe(false);
  });
});

describe('what rules look at', () => {
  const reads: Rule = {
    kind: 'expression',
    name: 'x',
    text: 'a + b',
    metrics: ['a', 'b'],
    onMissing: 'hold',
    expression: { kind: 'number', value: 1 },
  };
  const clock: Rule = {
    kind: 'schedule',
    name: 's',
    min: 1,
    window: { kind: 'once', from: 0, to: 1 },
  };

  test('is the alarm of a condition, and the metrics that a rule reads itself', () => {
    expect(alarmsOf([CPU_HIGH, reads, clock, anAlarmRule('x'), anAlarmRule('x')])).toEqual([
      CPU_HIGH.alarm.name,
      'x',
    ]);
    expect([CPU_HIGH, reads, clock].map((rule) => metricsOf(rule))).toEqual([[], ['a', 'b'], []]);
  });

  test.each([
    { onMissing: ['hold' as const], seconds: 240 },
    { onMissing: [{ last: 600 }], seconds: 660 },
    { onMissing: [{ last: 600 }, 'zero' as const, { last: 900 }], seconds: 960 },
  ])(
    'reaches back as far as the rule that takes the oldest value: $onMissing',
    ({ onMissing, seconds: back }) => {
      expect(lookback(CPU, onMissing)).toBe(back);
    },
  );
});

test('only a message that an alarm fires is heard', () => {
  const event = anAlarmEvent({ name: 'x', at: NOON });

  expect(notifiedAlarmsIn(event)).toEqual([{ alarm: 'x', at: NOON }]);
  expect(notifiedAlarmsIn({ ...event, state: 'OK' })).toEqual([]);
  expect(notifiedAlarmsIn({ kind: 'evaluate', group: 'web', cause: 'x' })).toEqual([]);
});

describe('what is told of a look at a group', () => {
  const override = anOverride();

  test('says what its rules recommend', () => {
    const observation = firing(CPU_HIGH, { override });
    const { untold } = heldHead(observation, decideCapacity(observation));

    expect(untold.map(({ reason, wishes }) => ({ reason, wishes }))).toEqual([
      { reason: 'OverrideSet', wishes: [{ rule: 'cpu-high', capacity: 6 }] },
    ]);
  });

  test('that AWS does not know says so of none', () => {
    const { state: _gone, ...observation } = firing(CPU_HIGH, { override });
    const { untold } = heldHead(observation, decideCapacity(observation));

    expect(untold.map(({ reason, wishes }) => ({ reason, wishes }))).toEqual([
      { reason: 'OverrideSet', wishes: undefined },
    ]);
  });
});
