import { describe, expect, test } from '@jest/globals';
import { decideRecovery } from '#domain/capacity/decide-recovery.ts';
import {
  aCapacityDecision,
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

const MINUTE_AGO = {
  decision: aCapacityDecision({ at: NOON - minutes(1) }),
  claimedAt: NOON - minutes(1),
};

describe('a plan that was not settled', () => {
  test.each([
    { age: 59_999, kind: 'wait' },
    { age: 60_000, kind: 'reissue' },
  ])('of $age ms: $kind', ({ age, kind }) => {
    const inFlight = { ...MINUTE_AGO, claimedAt: NOON - age };

    expect(decideRecovery(firing(CPU_HIGH), inFlight).kind).toBe(kind);
  });

  test('is waited for, counted from the last who set out to finish it', () => {
    const inFlight = {
      decision: aCapacityDecision({ at: NOON - minutes(5) }),
      claimedAt: NOON - seconds(1),
    };

    expect(decideRecovery(firing(CPU_HIGH), inFlight)).toEqual({
      kind: 'wait',
      detail: 'web-1 is still in flight',
    });
  });

  test('is given up when its group is gone', () => {
    const { state: _gone, ...rest } = firing(CPU_HIGH);

    expect(decideRecovery(rest, MINUTE_AGO)).toEqual({
      kind: 'supersede',
      detail: 'the group is gone',
    });
  });

  test('was applied when the group has its capacity', () => {
    const observation = firing(CPU_HIGH, { state: aGroupState({ capacityDesired: 6 }) });

    expect(decideRecovery(observation, MINUTE_AGO)).toEqual({
      kind: 'applied',
      detail: 'the group already has 6',
    });
  });

  test('is given up when the group has moved elsewhere', () => {
    const observation = firing(CPU_HIGH, { state: aGroupState({ capacityDesired: 5 }) });

    expect(decideRecovery(observation, MINUTE_AGO)).toEqual({
      kind: 'supersede',
      detail: 'the group has moved to 5',
    });
  });

  test('is issued again when it never arrived and is still wanted', () => {
    expect(decideRecovery(firing(CPU_HIGH), MINUTE_AGO)).toEqual({
      kind: 'reissue',
      decision: MINUTE_AGO.decision,
      detail: '6 never arrived',
    });
  });

  test('is still wanted by rules that now ask for more or for less the same way', () => {
    const inFlight = { ...MINUTE_AGO, decision: aCapacityDecision({ to: 9 }) };

    expect(decideRecovery(firing(CPU_HIGH), inFlight).kind).toBe('reissue');
  });

  test.each([
    { age: minutes(15) - 1, kind: 'reissue' },
    { age: minutes(15), kind: 'supersede' },
  ])('made $age ms ago: $kind', ({ age, kind }) => {
    const inFlight = { ...MINUTE_AGO, decision: aCapacityDecision({ at: NOON - age }) };

    expect(decideRecovery(firing(CPU_HIGH), inFlight).kind).toBe(kind);
  });

  test('says that it is too old', () => {
    const inFlight = { ...MINUTE_AGO, decision: aCapacityDecision({ at: NOON - minutes(16) }) };

    expect(decideRecovery(firing(CPU_HIGH), inFlight).detail).toBe('the plan is too old');
  });

  test.each([
    { max: 6, kind: 'reissue' },
    { max: 5, kind: 'supersede' },
  ])('within a maximum of $max: $kind', ({ max, kind }) => {
    const state = aGroupState({ capacityMax: max });

    expect(decideRecovery(firing(CPU_HIGH, { state }), MINUTE_AGO).kind).toBe(kind);
  });

  test('says that the bounds have changed', () => {
    const state = aGroupState({ capacityMax: 5 });

    expect(decideRecovery(firing(CPU_HIGH, { state }), MINUTE_AGO).detail).toBe(
      'the bounds have changed',
    );
  });

  test.each([
    { title: 'none asks for anything any more', observation: anObservation(), now: '4 (Steady)' },
    { title: 'they ask for the opposite', observation: firing(CPU_LOW), now: '3 (ScaledIn)' },
  ])('is given up when the rules have changed their mind: $title', ({ observation, now }) => {
    expect(decideRecovery(observation, MINUTE_AGO)).toEqual({
      kind: 'supersede',
      detail: `the rules now say ${now}`,
    });
  });

  test('is given up when the group is no longer ours', () => {
    const state = aGroupState({ isManaged: false });

    expect(decideRecovery(firing(CPU_HIGH, { state }), MINUTE_AGO)).toEqual({
      kind: 'supersede',
      detail: 'the rules now say 4 (NotManaged)',
    });
  });

  test('is not held up by the cooldown of the change before it', () => {
    const head = aScaleHead({ lastScaleOut: { at: NOON - seconds(90), from: 2, to: 4 } });

    expect(decideRecovery(firing(CPU_HIGH, { head }), MINUTE_AGO).kind).toBe('reissue');
  });

  test('to remove is issued again as long as removing is wanted', () => {
    const inFlight = { ...MINUTE_AGO, decision: aCapacityDecision({ to: 3 }) };

    expect(decideRecovery(firing(CPU_LOW), inFlight).kind).toBe('reissue');
    expect(decideRecovery(firing(CPU_HIGH), inFlight).kind).toBe('supersede');
  });
});
