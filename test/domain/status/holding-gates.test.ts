import { describe, expect, test } from '@jest/globals';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import type { GroupObservation, Observation } from '#domain/capacity/observation.ts';
import { holdingGates } from '#domain/status/holding-gates.ts';
import {
  aBehavior,
  aGroup,
  aGroupState,
  anObservation,
  anOverride,
  aScaleHead,
  CPU_HIGH,
  CPU_LOW,
  firing,
  minutes,
  NOON,
  seconds,
  someInstances,
} from '#test/support/builders.ts';

const gatesOf = (observation: Observation) =>
  holdingGates(observation, decideCapacity(observation));

/** The gate that held is gone a moment after it said it would be, and not a moment before. */
const decidedAt = (observation: GroupObservation, now: number) =>
  decideCapacity({ ...observation, now }).reason;

describe('the gates that hold', () => {
  test('are none where nothing is asked for', () => {
    expect(gatesOf(anObservation())).toEqual([]);
  });

  test('are none of a group that AWS does not know', () => {
    const { state: _gone, ...observation } = anObservation();

    expect(gatesOf(observation)).toEqual([]);
  });

  test('are told with the capacity that there is where their line names none', () => {
    const line = {
      stage: 'opt-in',
      verdict: 'hold',
      reason: 'NotManaged',
      detail: 'no tag',
    } as const;
    const decision = { ...decideCapacity(anObservation()), trace: [line] };

    expect(holdingGates(anObservation(), decision)).toEqual([{ ...line, capacity: 4 }]);
  });

  test('name a cooldown, and the instant at which it is over', () => {
    const lastScaleOut = { at: NOON - minutes(1), from: 2, to: 4 };
    const observation = firing(CPU_HIGH, {
      head: aScaleHead({ lastScaleOut, changes: [lastScaleOut], expected: 4 }),
    });
    const until = NOON + minutes(2);

    expect(gatesOf(observation)).toEqual([
      {
        stage: 'cooldown',
        verdict: 'hold',
        reason: 'CoolingDown',
        detail: 'the change from 2 to 4 was 1 min ago, and the cooldown is 3 min',
        capacity: 4,
        until,
      },
    ]);
    expect([decidedAt(observation, until - 1), decidedAt(observation, until)]).toEqual([
      'CoolingDown',
      'ScaledOut',
    ]);
  });

  test('name a window from the first look on, which the next looks remember', () => {
    const behavior = aBehavior({ scaleIn: { stabilizeSeconds: 600, cooldownSeconds: 0 } });
    const observation = firing(CPU_LOW, { group: aGroup({ behavior }) });

    expect(gatesOf(observation)).toMatchObject([
      { stage: 'stabilisation', verdict: 'hold', until: NOON + minutes(10) },
    ]);
  });

  test('name what bends, and what is left', () => {
    const limits = [{ amount: 1, unit: 'capacity', periodSeconds: 60 }] as const;
    const behavior = aBehavior({ scaleOut: { limits } });

    expect(gatesOf(firing(CPU_HIGH, { group: aGroup({ behavior }) }))).toMatchObject([
      { stage: 'limits', verdict: 'bend', capacity: 5 },
    ]);
  });

  test('name a pause, and its end', () => {
    expect(gatesOf(firing(CPU_HIGH, { override: anOverride() }))).toMatchObject([
      { stage: 'override', reason: 'Paused', until: NOON + minutes(59) },
    ]);
  });

  test('name no end of what time does not end', () => {
    const state = aGroupState({ instances: someInstances(4, 4) });
    const pending = gatesOf(firing(CPU_LOW, { state }));
    const full = gatesOf(firing(CPU_HIGH, { group: aGroup({ capacity: { min: 2, max: 4 } }) }));

    expect(pending).toMatchObject([{ stage: 'warm-up', reason: 'InstancesPending' }]);
    expect(full).toMatchObject([{ stage: 'bounds', verdict: 'bend', reason: 'AtMaximum' }]);
    expect([...pending, ...full].flatMap(({ until }) => until ?? [])).toEqual([]);
  });

  test('name the end of a warm-up of what was added', () => {
    const lastScaleOut = { at: NOON - minutes(6), from: 3, to: 4 };
    const behavior = aBehavior({ warmupSeconds: 400, scaleIn: { cooldownSeconds: 0 } });
    const observation = firing(CPU_LOW, {
      group: aGroup({ behavior }),
      head: aScaleHead({ lastScaleOut, changes: [lastScaleOut], expected: 4 }),
    });

    expect(gatesOf(observation)).toMatchObject([
      {
        stage: 'warm-up',
        reason: 'InstancesWarmingUp',
        until: NOON - minutes(6) + seconds(400),
      },
    ]);
  });
});
