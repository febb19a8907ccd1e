import { describe, expect, test } from '@jest/globals';
import { USUAL_CONDITIONS } from '#simulator/backtest/conditions.ts';
import type { Policy } from '#simulator/backtest/policy.ts';
import { createPool, type PoolModel } from '#simulator/backtest/pool.ts';
import { backtest } from '#simulator/backtest/run.ts';
import { createWorld } from '#simulator/backtest/world.ts';

const MODEL: PoolModel = { wakeSeconds: 40, stoppedShare: 0.1 };

const setUp = () => {
  const bills: (readonly [from: number, to: number, share: number])[] = [];
  const bill = (from: number, to: number, share = 1): void => {
    bills.push([from, to, share]);
  };
  const pool = createPool(MODEL, bill, () => ({ running: 17, inService: 137 }));
  return { pool, bills };
};

describe('a warm pool', () => {
  test('is filled up to what its limit is above the capacity, billed for boot and shutdown', () => {
    const { pool, bills } = setUp();
    pool.setLimit({ prepared: 6, isReused: true });
    pool.settle(4, 100);

    expect(bills).toEqual([
      [117, 257, 1],
      [117, 257, 1],
    ]);
    expect(pool.seen(256)).toMatchObject({ ready: 0, warming: 2 });
    expect(pool.seen(257)).toMatchObject({ ready: 2, warming: 0 });
  });

  test('costs its share of the price for as long as an instance is stopped', () => {
    const { pool, bills } = setUp();
    pool.setLimit({ prepared: 5, isReused: true });
    pool.settle(4, 0);
    bills.length = 0;

    expect([156, 157, 1_157].map((now) => now < 1_157 || pool.take(now))).toEqual([
      true,
      true,
      true,
    ]);
    expect(bills).toEqual([[157, 1_157, 0.1]]);
    expect(pool.take(2_000)).toBe(false);
  });

  test('takes an instance that leaves only where there is room, and it is to be kept', () => {
    const { pool, bills } = setUp();
    pool.setLimit({ prepared: 5, isReused: true });
    pool.putBack(30, 4);
    pool.putBack(30, 4);
    expect(pool.seen(50)).toMatchObject({ ready: 1, warming: 0 });
    expect(bills).toEqual([[30, 50, 1]]);

    pool.setLimit({ prepared: 9, isReused: false });
    pool.putBack(30, 4);
    expect(pool.seen(50)).toMatchObject({ ready: 1, warming: 0 });
  });

  test('lets go the youngest of what it has too many of, and all in the end', () => {
    const { pool, bills } = setUp();
    pool.setLimit({ prepared: 6, isReused: true });
    pool.settle(4, 0);
    bills.length = 0;
    pool.settle(5, 257);
    expect(bills).toEqual([[157, 257, 0.1]]);

    pool.close(357);
    expect(bills).toEqual([
      [157, 257, 0.1],
      [157, 357, 0.1],
    ]);
    expect(pool.seen(357)).toMatchObject({ ready: 0, warming: 0 });
  });
});

/** Two instances, and from the second hour on a third, with a limit of three all the time. */
const thirdIn = (pool: PoolModel | undefined): Policy => ({
  name: 'a third later',
  looks: [0],
  lagSeconds: 0,
  ...(pool ? { pool } : {}),
  start: () => (view) => {
    if (view.now === 60) view.prepare({ prepared: 3, isReused: true });
    return view.now < 3_600 ? 2 : 3;
  },
});

const hour = createWorld(
  {
    name: 'steady',
    start: 0,
    stepSeconds: 60,
    demand: new Float64Array(120).fill(10),
    saturated: new Uint8Array(120),
  },
  { ...USUAL_CONDITIONS, arrivals: 'exact', min: 2, max: 5 },
  1,
);

describe('a policy with a warm pool', () => {
  test('is served by a stopped instance after its wake, and pays for it while it is stopped', () => {
    const ready: number[] = [];
    const seen = (policy: Policy) =>
      backtest(hour, policy, ({ at, ready: count }) => {
        if (count === 3) ready.push(at);
      }).instanceHours;
    const cold = seen(thirdIn(undefined));
    const [firstCold = 0] = ready.splice(0);
    const warm = seen(thirdIn(MODEL));
    const [firstWarm = 0] = ready;

    expect(firstCold).toBeGreaterThan(3_600 + 100);
    expect(firstWarm).toBe(3_600 + 45);
    // Most of an hour stopped, the boot that prepared it, and the seconds that it serves sooner.
    expect(warm - cold).toBeGreaterThan(0.1 * 0.9);
    expect(warm - cold).toBeLessThan(0.1 + 300 / 3_600);
  });
});
