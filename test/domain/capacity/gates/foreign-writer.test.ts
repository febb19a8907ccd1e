import { describe, expect, test } from '@jest/globals';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import { heldHead, isWorthKeeping, settledHead } from '#domain/capacity/next-scale-head.ts';
import type { GroupObservation, Observation } from '#domain/capacity/observation.ts';
import type { OnForeignChange } from '#domain/configuration/behavior.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import { outcomeOfAction } from '#domain/ledger/outcome-of.ts';
import {
  aBehavior,
  aCapacityDecision,
  aGroup,
  aGroupState,
  anObservation,
  aScaleHead,
  CPU_HIGH,
  CPU_LOW,
  firing,
  minutes,
  NOON,
  seconds,
} from '#test/support/builders.ts';

/** A group that stands at four, and that we left at another capacity. */
const changedFrom = (
  expected: number,
  onForeignChange: OnForeignChange = 'adopt',
  head: Partial<ScaleHead> = {},
): Partial<GroupObservation> => ({
  group: aGroup({ behavior: aBehavior({ onForeignChange }) }),
  head: aScaleHead({ expected, ...head }),
});
const next = (observation: Observation): ScaleHead =>
  heldHead(observation, decideCapacity(observation));
const told = (observation: Observation) =>
  next(observation).untold.map(({ kind, reason, summary }) => `${kind} ${reason}: ${summary}`);

describe('a change by somebody else', () => {
  test('is told once, with its author, and remembered', () => {
    const cause =
      'At 2026-03-02T08:59:10Z a user request explicitly set group desired capacity changing the desired capacity from 7 to 4.';
    const observation = anObservation({
      ...changedFrom(7),
      activities: [{ at: NOON, isFailed: false, cause, message: '' }],
    });
    const head = next(observation);

    expect(isWorthKeeping(observation, decideCapacity(observation))).toBe(true);
    expect(head).toMatchObject({ expected: 4, foreign: { at: NOON, from: 7, to: 4 } });
    expect(head.untold).toEqual([
      {
        schemaVersion: 1,
        kind: 'foreign',
        decisionId: 'web-foreign-1',
        group: 'web',
        autoScalingGroup: 'web-prod',
        at: NOON,
        capacity: { from: 7, to: 4 },
        wishes: [],
        reason: 'ForeignChange',
        summary: 'web was set from 7 to 4 by a call of SetDesiredCapacity that was not ours',
      },
    ]);
    expect(told({ ...observation, head: { ...head, untold: [] } })).toEqual([]);
  });

  test('is nobody knows whose when no activity tells', () => {
    expect(told(anObservation(changedFrom(7)))).toEqual([
      'foreign ForeignChange: web was set from 7 to 4 by somebody else',
    ]);
  });

  test.each([
    { title: 'is none on the first look', head: aScaleHead() },
    { title: 'is none when the capacity is as we left it', head: aScaleHead({ expected: 4 }) },
    {
      title: 'is not concluded from a read shortly after our own change, which may lag',
      head: aScaleHead({ expected: 7, lastScaleOut: { at: NOON - seconds(59), from: 3, to: 7 } }),
    },
    {
      title: 'is not concluded from a read shortly after another one',
      head: aScaleHead({ expected: 7, foreign: { at: NOON - seconds(59), from: 3, to: 7 } }),
    },
  ])('$title', ({ head }) => {
    expect(told(anObservation({ head }))).toEqual([]);
  });

  test('leaves what is expected alone while reads may lag', () => {
    const lastScaleOut = { at: NOON - seconds(59), from: 3, to: 7 };

    expect(next(anObservation({ head: aScaleHead({ expected: 7, lastScaleOut }) })).expected).toBe(
      7,
    );
    expect(next(anObservation({ head: aScaleHead({ lastScaleOut }) })).expected).toBe(4);
  });

  test('is concluded a minute after our own change', () => {
    const lastScaleOut = { at: NOON - seconds(60), from: 3, to: 7 };

    expect(told(anObservation({ head: aScaleHead({ expected: 7, lastScaleOut }) }))).toHaveLength(
      1,
    );
  });

  test('of a group that is gone is none, and nothing is expected of it', () => {
    const { state: _state, ...gone } = anObservation(changedFrom(7));

    expect(next(gone)).not.toHaveProperty('expected');
    expect(told(gone)).toEqual([]);
  });

  test('is not ours: what we set is expected', () => {
    const decision = aCapacityDecision();
    const planned = aScaleHead({ version: 1, inFlight: { decision, claimedAt: NOON } });
    const outcome = outcomeOfAction(decision, { kind: 'applied' });

    expect(settledHead(planned, outcome, NOON).expected).toBe(6);
  });
});

describe('adopt', () => {
  test('reckons from the new capacity', () => {
    expect(decideCapacity(firing(CPU_HIGH, changedFrom(9))).to).toBe(6);
  });

  test('leaves what others added in peace for the cooldown of scale-in', () => {
    expect(decideCapacity(firing(CPU_LOW, changedFrom(2))).reason).toBe('CoolingDown');

    const foreign = { at: NOON - seconds(299), from: 2, to: 4 };
    const later = changedFrom(4, 'adopt', { foreign });
    expect(decideCapacity(firing(CPU_LOW, later)).summary).toContain(
      'the change from 2 to 4 was 4 min 59 s ago, and the cooldown is 5 min',
    );
    const over = changedFrom(4, 'adopt', { foreign: { ...foreign, at: NOON - minutes(5) } });
    expect(decideCapacity(firing(CPU_LOW, over)).to).toBe(3);
  });

  test('lets our own change count when it is the newer one', () => {
    const head = {
      foreign: { at: NOON - minutes(6), from: 2, to: 4 },
      lastScaleOut: { at: NOON - minutes(4), from: 2, to: 4 },
    };

    expect(decideCapacity(firing(CPU_LOW, changedFrom(4, 'adopt', head))).reason).toBe(
      'CoolingDown',
    );
  });
});

describe('hold', () => {
  const hold = { hold: 1_800 };

  test('changes nothing for its time, from the look that saw it', () => {
    const { to, reason, summary } = decideCapacity(firing(CPU_HIGH, changedFrom(7, hold)));

    expect({ to, reason }).toEqual({ to: 4, reason: 'ForeignChange' });
    expect(summary).toBe(
      'web stays at 4: cpu-high asks for 6, but somebody else set it from 7 to 4 0 s ago, which is respected for 30 min',
    );
  });

  test.each([
    { ago: minutes(30) - 1, to: 4 },
    { ago: minutes(30), to: 6 },
  ])('is over after its time: $ago ms', ({ ago, to }) => {
    const foreign = { at: NOON - ago, from: 7, to: 4 };

    expect(decideCapacity(firing(CPU_HIGH, changedFrom(4, hold, { foreign }))).to).toBe(to);
  });

  test('holds nothing that nobody else changed', () => {
    expect(decideCapacity(firing(CPU_HIGH, changedFrom(4, hold))).to).toBe(6);
  });

  test('never keeps a group out of its bounds', () => {
    const state = aGroupState({ capacityDesired: 12 });

    expect(decideCapacity(anObservation({ ...changedFrom(7, hold), state })).to).toBe(10);
  });
});

describe('restore', () => {
  test('puts back what was taken away', () => {
    const { to, reason, summary } = decideCapacity(anObservation(changedFrom(7, 'restore')));

    expect({ to, reason }).toEqual({ to: 7, reason: 'Restored' });
    expect(summary).toBe('web 4 → 7: somebody else set it from 7 to 4');
  });

  test('leaves what was added', () => {
    expect(decideCapacity(anObservation(changedFrom(2, 'restore'))).to).toBe(4);
  });

  test('restores no more than the bounds allow', () => {
    expect(decideCapacity(anObservation(changedFrom(15, 'restore'))).to).toBe(10);

    const state = aGroupState({ capacityDesired: 10 });
    expect(decideCapacity(anObservation({ ...changedFrom(15, 'restore'), state })).reason).toBe(
      'Steady',
    );
  });

  test('lets a rule that wants something have its way', () => {
    expect(decideCapacity(firing(CPU_HIGH, changedFrom(9, 'restore'))).to).toBe(6);
  });

  test('waits until instances may be launched', () => {
    const state = aGroupState({ suspendedProcesses: ['Launch'] });

    expect(decideCapacity(anObservation({ ...changedFrom(7, 'restore'), state })).reason).toBe(
      'ProcessSuspended',
    );
  });

  test('does not fight: what is taken away again is left, and a person is called', () => {
    const restored = { at: NOON - minutes(9), from: 4, to: 7, isRestored: true } as const;
    const head = { changes: [restored], lastScaleOut: restored };
    const observation = anObservation(changedFrom(7, 'restore', head));

    expect(decideCapacity(observation).to).toBe(4);
    expect(told(observation)).toEqual([
      'blocked ForeignWriter: web was set from 7 to 4 by somebody else, again: it is left as it is, for two do not fight here',
    ]);
  });

  test.each([
    { title: 'ten minutes later', restored: { at: NOON - minutes(10), isRestored: true as const } },
    { title: 'after a change of another kind', restored: { at: NOON - minutes(9) } },
  ])('restores $title', ({ restored }) => {
    const changes = [{ ...restored, from: 4, to: 7 }];

    expect(decideCapacity(anObservation(changedFrom(7, 'restore', { changes }))).to).toBe(7);
  });

  test('remembers that it restored, and nothing of the kind after any other change', () => {
    const settle = (reason: 'Restored' | 'ScaledOut') => {
      const decision = aCapacityDecision({ reason });
      const planned = aScaleHead({ version: 1, inFlight: { decision, claimedAt: NOON } });
      return settledHead(planned, outcomeOfAction(decision, { kind: 'applied' }), NOON).changes;
    };

    expect(settle('Restored')).toEqual([{ at: NOON, from: 4, to: 6, isRestored: true }]);
    expect(settle('ScaledOut')).toEqual([{ at: NOON, from: 4, to: 6 }]);
  });
});
