import { describe, expect, test } from '@jest/globals';
import { scaleGroups } from '#app/capacity/scale-groups.ts';
import { changeTurns } from '#app/capacity/turns-after-throttling.ts';
import { applied } from '#domain/ledger/outcome.ts';
import { CPU_HIGH, NOON, seconds } from '#test/support/builders.ts';
import { aScaleWorld, request, turn } from '#test/support/scale-world.ts';

const THROTTLED = { kind: 'refused', reason: 'Throttled', detail: 'Rate exceeded' } as const;

const setUp = () => {
  const clock = { now: NOON };
  return { clock, turns: changeTurns(() => clock.now) };
};

/** Changes that end one after the other, when they are told to. */
const openChanges = (turns: ReturnType<typeof changeTurns>, count: number) => {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const taken = Array.from({ length: count }, (_, index) =>
    turns.take(async () => {
      begun.push(index);
      await new Promise<void>((resolve) => ends.push(resolve));
      return index;
    }),
  );
  return { begun, ends, taken };
};

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

describe('changes of an environment', () => {
  test('are made five side by side, the next one when one ends', async () => {
    const { begun, ends } = openChanges(setUp().turns, 7);
    await settled();
    expect(begun).toEqual([0, 1, 2, 3, 4]);

    ends[2]?.();
    await settled();
    expect(begun).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('are not begun for five seconds after AWS has throttled one', async () => {
    const { clock, turns } = setUp();
    turns.hear(applied);
    expect(await turns.take(async () => 'made')).toBe('made');
    turns.hear(THROTTLED);
    clock.now += seconds(5) - 1;
    expect(await turns.take(async () => 'made')).toBeUndefined();

    clock.now += 1;
    expect(await turns.take(async () => 'made')).toBe('made');
  });

  test('that wait in line when one is throttled come later', async () => {
    const { turns } = setUp();
    const { begun, ends, taken } = openChanges(turns, 7);
    await settled();
    turns.hear(THROTTLED);
    for (const end of ends) end();

    expect(await Promise.all(taken)).toEqual([0, 1, 2, 3, 4, undefined, undefined]);
    expect(begun).toHaveLength(5);
  });

  test('that have waited for more than ten seconds come later', async () => {
    const { clock, turns } = setUp();
    const { ends, taken } = openChanges(turns, 6);
    await settled();
    clock.now += seconds(10) + 1;
    for (const end of ends) end();

    expect((await Promise.all(taken)).at(-1)).toBeUndefined();
  });

  test('give their turn on when they fail', async () => {
    const { turns } = setUp();
    const failing = Array.from({ length: 5 }, () =>
      turns.take(() => Promise.reject(new Error('no answer'))),
    );
    const next = turns.take(async () => 'made');

    expect((await Promise.allSettled(failing)).every(({ status }) => status === 'rejected')).toBe(
      true,
    );
    expect(await next).toBe('made');
  });
});

test('a change that must wait is neither planned nor told, and its message comes back', async () => {
  const { world, ports } = aScaleWorld();
  const scale = scaleGroups(ports);
  world.answers.push(THROTTLED);
  await scale([turn(world, CPU_HIGH)]);
  const [sets, writes] = [world.sets.length, world.ledger.entries.length];

  expect(await scale([request('web')])).toMatchObject([
    { kind: 'retry', isExpected: true, receivesAtMost: 4 },
  ]);
  expect([world.sets.length, world.ledger.entries.length]).toEqual([sets, writes]);

  world.now += seconds(5);
  expect(await scale([request('web')])).toEqual([{ kind: 'done' }]);
  expect(world.sets.at(-1)).toEqual({ name: 'web-prod', capacity: 6 });
});

test('an alarm is heard although its change must wait', async () => {
  const { world, ports } = aScaleWorld();
  const scale = scaleGroups(ports);
  world.answers.push(THROTTLED);
  await scale([turn(world, CPU_HIGH)]);
  world.now += seconds(1);
  turn(world, CPU_HIGH, 'OK');
  await scale([request('web')]);
  expect(world.head()?.heardAlarms).toEqual([]);
  world.now += seconds(1);

  expect(await scale([turn(world, CPU_HIGH)])).toMatchObject([{ kind: 'retry' }]);
  expect(world.head()?.heardAlarms).toEqual([CPU_HIGH.alarm.name]);
});
