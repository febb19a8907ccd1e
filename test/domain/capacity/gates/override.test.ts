import { describe, expect, test } from '@jest/globals';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import type { ScheduleRule } from '#domain/configuration/rule.ts';
import { decideRemovals } from '#domain/health/decide-removals.ts';
import {
  aGroup,
  aGroupState,
  aHealthObservation,
  anObservation,
  anOverride,
  CPU_HIGH,
  CPU_LOW,
  firing,
  minutes,
  NOON,
} from '#test/support/builders.ts';

const pin = (capacity: number) => anOverride({ kind: 'pin', capacity } as never);
const cap = (capacity: number) => anOverride({ kind: 'cap', capacity } as never);

describe('a pause', () => {
  const paused = { override: anOverride() };

  test('lets no rule change anything, and says who, until when and why', () => {
    const { from, to, reason, summary } = decideCapacity(firing(CPU_HIGH, paused));

    expect({ from, to, reason }).toEqual({ from: 4, to: 4, reason: 'Paused' });
    expect(decideCapacity(firing(CPU_HIGH, paused)).wanted).toBe(6);
    expect(summary).toBe(
      'web stays at 4: cpu-high asks for 6, but paused by ann until 2026-03-02 09:59 UTC: moving the database',
    );
  });

  test('lets no bound correct anything', () => {
    const state = aGroupState({ capacityDesired: 12, capacityMax: 20 });

    expect(decideCapacity(anObservation({ ...paused, state })).to).toBe(12);
  });

  test('leaves sick targets where they are', () => {
    const { removals, reason } = decideRemovals(aHealthObservation({ 'i-3': 200 }, paused));

    expect({ removals, reason }).toEqual({ removals: [], reason: 'Paused' });
  });

  test.each([
    { title: 'is over at its end', override: anOverride({ until: NOON }) },
    {
      title: 'is over when somebody ended it',
      override: anOverride({ ended: { by: 'bob', at: NOON + minutes(1) } }),
    },
  ])('$title', ({ override }) => {
    expect(decideCapacity(firing(CPU_HIGH, { override })).to).toBe(6);
    expect(decideRemovals(aHealthObservation({ 'i-3': 200 }, { override })).removals).toHaveLength(
      1,
    );
  });

  test('holds until the last millisecond', () => {
    const override = anOverride({ until: NOON + 1 });

    expect(decideCapacity(firing(CPU_HIGH, { override })).reason).toBe('Paused');
  });
});

describe('a pin', () => {
  test('moves the group to its capacity, whatever the rules say', () => {
    const { to, reason, summary } = decideCapacity(anObservation({ override: pin(7) }));

    expect({ to, reason }).toEqual({ to: 7, reason: 'Pinned' });
    expect(summary).toBe(
      'web 4 → 7: 4 is below the minimum of 7 of the pin by ann until 2026-03-02 09:59 UTC (moving the database)',
    );
  });

  test.each([
    { title: 'holds a rule that adds', rule: CPU_HIGH },
    { title: 'holds a rule that removes', rule: CPU_LOW },
  ])('$title', ({ rule }) => {
    const { from, to, reason } = decideCapacity(firing(rule, { override: pin(4) }));

    expect({ from, to, reason }).toEqual({ from: 4, to: 4, reason: 'Pinned' });
  });

  test('never leaves the bounds of the configuration or of the group', () => {
    const state = aGroupState({ capacityMin: 3 });

    expect(decideCapacity(anObservation({ override: pin(99) })).to).toBe(10);
    expect(decideCapacity(anObservation({ state, override: pin(0) })).to).toBe(3);
  });
});

describe('a cap', () => {
  test('cuts a wish short, and calls a person', () => {
    const { to, reason } = decideCapacity(firing(CPU_HIGH, { override: cap(4) }));
    expect({ to, reason }).toEqual({ to: 4, reason: 'Capped' });

    const half = decideCapacity(firing(CPU_HIGH, { override: cap(5) }));
    expect({ to: half.to, reason: half.reason }).toEqual({ to: 5, reason: 'ScaledOut' });
  });

  test('takes down a group that stands above it', () => {
    const { to, reason } = decideCapacity(anObservation({ override: cap(3) }));

    expect({ to, reason }).toEqual({ to: 3, reason: 'AboveMaximum' });
  });

  test('above the maximum changes nothing', () => {
    const state = aGroupState({ capacityDesired: 10 });
    const { reason } = decideCapacity(firing(CPU_HIGH, { state, override: cap(10) }));

    expect(reason).toBe('AtMaximum');
  });

  test('stands above the minimum of a schedule, and below that of the configuration', () => {
    const office: ScheduleRule = {
      kind: 'schedule',
      name: 'office',
      min: 6,
      window: { kind: 'once', from: NOON, to: NOON + minutes(60) },
    };
    const observed = (capacity: number) =>
      anObservation({
        group: aGroup({ rules: [office] }),
        openings: { office: { isOpen: true } },
        override: cap(capacity),
      });

    expect(decideCapacity(observed(3)).to).toBe(3);
    expect(decideCapacity(observed(1)).to).toBe(2);
    expect(decideCapacity(observed(8)).to).toBe(6);
  });
});
