import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Fleet } from '#domain/configuration/configuration.ts';
import type { Alarm } from '#domain/observed/alarm.ts';
import {
  mayNeedShards,
  SHARD_SIZE,
  secondsTooLate,
  shardsOf,
  withFiring,
} from '#domain/sweep/shard.ts';
import { aBehavior, aGroup, alarmOf, CPU_HIGH, NOON, seconds } from '#test/support/builders.ts';

const named = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `g-${index}`);

describe('shards', () => {
  test.each([
    { count: 0, sizes: [], delays: [] },
    { count: 3, sizes: [3], delays: [0] },
    { count: 4, sizes: [2, 2], delays: [0, 10] },
    { count: 10, sizes: [2, 3, 2, 3], delays: [0, 5, 10, 15] },
  ])(
    'of at most three groups out of $count have $sizes groups, and begin after $delays seconds',
    ({ count, sizes, delays }) => {
      const shards = shardsOf(named(count), { of: 'named', size: 3, now: NOON });

      expect(shards.map(({ groups }) => groups.length)).toEqual(sizes);
      expect(shards.map(({ delaySeconds }) => delaySeconds)).toEqual(delays);
    },
  );

  test('say in how many minutes the targets of members have their turns, if that is more than one', () => {
    const turnsOf = (turns?: number) =>
      shardsOf(named(4), {
        of: 'members',
        size: 3,
        now: NOON,
        ...(turns === undefined ? {} : { turns }),
      }).map((shard) => shard.turns);
    expect([turnsOf(), turnsOf(1), turnsOf(7)]).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      [7, 7],
    ]);
  });

  test('have each group once, in its order, and no more than they may', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000 }),
        fc.integer({ min: 1, max: 600 }),
        (count, size) => {
          const shards = shardsOf(named(count), { of: 'named', size, now: NOON });

          expect(shards.flatMap(({ groups }) => groups)).toEqual(named(count));
          expect(shards.length).toBe(Math.ceil(count / size));
          for (const { groups, delaySeconds } of shards) {
            expect(groups.length).toBeGreaterThan(0);
            expect(groups.length).toBeLessThanOrEqual(size);
            expect(delaySeconds).toBeLessThan(20);
          }
        },
      ),
    );
  });

  test('begin at the same second each minute, and hardly move when one more group joins', () => {
    const secondOf = (count: number, name: string): number =>
      shardsOf(named(count), { of: 'named', size: 500, now: NOON }).find(({ groups }) =>
        groups.includes(name),
      )?.delaySeconds ?? -1;

    for (const name of ['g-0', 'g-499', 'g-4999', 'g-9999']) {
      expect(Math.abs(secondOf(10_001, name) - secondOf(10_000, name))).toBeLessThanOrEqual(1);
    }
  });

  test('of the longest names fit into a message of 256 KB', () => {
    const name = `${'f'.repeat(40)}/${'"'.repeat(200)}`;
    const [shard] = shardsOf(
      Array.from({ length: SHARD_SIZE }, () => name),
      {
        of: 'members',
        size: SHARD_SIZE,
        now: NOON,
      },
    );

    expect(JSON.stringify(shard).length).toBeLessThan(256 * 1_024);
  });

  test('have a name by whose groups they have, and by their place', () => {
    const namesOf = (of: 'named' | 'members') =>
      shardsOf(named(4), { of, size: 3, now: NOON }).map(({ name }) => name);

    expect(namesOf('named')).toEqual(['named-0', 'named-1']);
    expect(namesOf('members')).toEqual(['members-0', 'members-1']);
  });

  test('are worth something for less than a minute', () => {
    const [shard] = shardsOf(['web'], { of: 'named', size: 1, now: NOON });

    expect(secondsTooLate(shard!, NOON + seconds(60) - 1)).toBeUndefined();
    expect(secondsTooLate(shard!, NOON + seconds(60))).toBe(0);
    expect(secondsTooLate(shard!, NOON + seconds(75))).toBe(15);
  });
});

describe('the alarms of shards', () => {
  const shards = shardsOf(['a', 'b', 'c', 'd'], { of: 'named', size: 2, now: NOON });
  const alarm = (name: string): Alarm => alarmOf(CPU_HIGH, { name, since: NOON - 1 });

  test('are those of its groups, each once', () => {
    const owners: Readonly<Record<string, readonly string[]>> = {
      shared: ['a', 'b', 'd'],
      own: ['c'],
      others: [],
      gone: ['z'],
    };
    const made = withFiring(shards, Object.keys(owners).map(alarm), (name) => owners[name] ?? []);

    expect(made.map(({ firing }) => firing?.map(({ name }) => name))).toEqual([
      ['shared'],
      ['shared', 'own'],
    ]);
  });

  test('are left out where they would not fit into a message', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => alarm(`${'x'.repeat(250)}${index}`));
    const made = withFiring(shards, many, () => ['a']);

    expect(made.map((shard) => 'firing' in shard)).toEqual([false, true]);
    expect(made[0]).toEqual(shards[0]);
  });
});

describe('a deployment may need shards', () => {
  const groups = (count: number) => named(count).map((name) => aGroup({ name }));
  const fleet: Fleet = {
    name: 'web',
    tags: { tier: 'web' },
    template: { capacity: {}, metrics: {}, rules: [], behavior: aBehavior({}) },
  };

  test.each([
    { what: 'with 500 named groups', configuration: { groups: groups(500) }, answer: false },
    { what: 'with 501 named groups', configuration: { groups: groups(501) }, answer: true },
    { what: 'with a fleet', configuration: { groups: [], fleets: [fleet] }, answer: true },
    { what: 'with nothing', configuration: {}, answer: false },
  ])('$what: $answer', ({ configuration, answer }) => {
    expect(mayNeedShards(configuration)).toBe(answer);
  });
});
