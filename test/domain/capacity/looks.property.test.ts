import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import type { CapacityDecision } from '#domain/ledger/decision.ts';
import { NOON, seconds } from '#test/support/builders.ts';
import { FORECAST } from '#test/support/demand.ts';
import { observe, pool } from '#test/support/pools.ts';

/** A look at a group that is looked at every so often, at a second of its minute, with a warm pool of some size. */
type Look = Readonly<{
  everySeconds: number;
  second: number;
  demand: readonly (number | null)[];
  missing: number;
  capacity: number;
  limit: number;
  ready: number;
  /** Demand and what a unit carries are as many times as large. */
  times: number;
  days: number;
}>;

const aLook: fc.Arbitrary<Look> = fc.record({
  everySeconds: fc.constantFrom(15, 20, 30, 60),
  second: fc.integer({ min: 0, max: 59 }),
  demand: fc.array(
    fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 3_000, max: 27_000 }) },
      { weight: 1, arbitrary: fc.constantFrom(0, 90_000, null) },
    ),
    { minLength: 1, maxLength: 90 },
  ),
  missing: fc.integer({ min: 0, max: 15 }),
  capacity: fc.integer({ min: 2, max: 10 }),
  limit: fc.integer({ min: 2, max: 10 }),
  ready: fc.integer({ min: 0, max: 6 }),
  times: fc.constant(1),
  days: fc.constant(0),
});

const lookAt = (look: Look, hasPool = true): CapacityDecision => {
  const { everySeconds, demand, missing, capacity, limit, ready, times, days } = look;
  const now = NOON + days * seconds(86_400) + seconds(look.second);
  const minutes = [...demand, ...Array.from({ length: missing }, () => null)].map((value) =>
    value === null ? null : times * value,
  );
  const start = (NOON + days * seconds(86_400)) / 1_000 - 180 - 60 * minutes.length;
  const observation = observe({
    capacity,
    demand: { start, minutes, firstBin: 0, fives: [] },
    pool: pool(limit, ready),
    group: { everySeconds, rules: [{ ...FORECAST, perInstance: 50 * times }] },
  });
  const { warmPool, ...group } = observation.group;
  return decideCapacity({
    ...observation,
    now,
    group: hasPool && warmPool ? { ...group, warmPool } : group,
  });
};

const wishesOf = ({ to, wanted, pool: found }: CapacityDecision) => ({
  to,
  wanted,
  limit: found?.to,
  prepared: found?.prepared,
});

test('the same look decides the same, however often there is one', () => {
  fc.assert(
    fc.property(aLook, (look) => {
      expect(lookAt(structuredClone(look))).toEqual(lookAt(look));
    }),
    { numRuns: 40 },
  );
});

test('the unit of demand does not matter to capacity and pool', () => {
  fc.assert(
    fc.property(aLook, fc.constantFrom(0.25, 0.5, 4, 64), (look, times) => {
      expect(wishesOf(lookAt({ ...look, times }))).toEqual(wishesOf(lookAt(look)));
    }),
    { numRuns: 60 },
  );
});

test('the date does not matter to capacity and pool', () => {
  fc.assert(
    fc.property(aLook, fc.integer({ min: 1, max: 400 }), (look, days) => {
      expect(wishesOf(lookAt({ ...look, days }))).toEqual(wishesOf(lookAt(look)));
    }),
    { numRuns: 40 },
  );
});

test('demand that is missing or late shrinks neither the group nor its pool', () => {
  fc.assert(
    fc.property(aLook, fc.integer({ min: 6, max: 15 }), (look, missing) => {
      for (const blind of [
        { ...look, missing },
        { ...look, demand: look.demand.slice(0, 9) },
      ]) {
        const { from, to, pool: found } = lookAt(blind);
        expect(to).toBeGreaterThanOrEqual(from);
        expect(found?.to ?? blind.limit).toBeGreaterThanOrEqual(blind.limit);
      }
    }),
    { numRuns: 60 },
  );
});

test('what is ready may wait, and nothing that is neither running nor ready is done without', () => {
  fc.assert(
    fc.property(aLook, (look) => {
      const [without, beside] = [lookAt(look, false), lookAt(look)];

      expect(beside.wanted).toBeLessThanOrEqual(without.wanted);
      expect(beside.wanted + look.ready).toBeGreaterThanOrEqual(without.wanted);
    }),
    { numRuns: 60 },
  );
});
