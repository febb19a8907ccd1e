import { describe, expect, test } from '@jest/globals';
import { lookAtShards } from '#app/sweep/look-at-shards.ts';
import { sweep } from '#app/sweep/sweep.ts';
import { newHealHead } from '#domain/ledger/head.ts';
import type { Shard } from '#domain/sweep/shard.ts';
import { aHealth, NOON, seconds } from '#test/support/builders.ts';
import { aShardWorld, type ShardWorld } from '#test/support/shard-world.ts';

const run = async (world: ShardWorld) => {
  const made = aShardWorld(world);
  await sweep(made.ports, { shardSize: 3 })();
  return made;
};

describe('the targets of members', () => {
  const health = aHealth({ watched: [] });
  const lookAt = (index: number) => ({
    kind: 'evaluate',
    group: `shops/shop-${index}`,
    cause: 'targets-due',
    delaySeconds: expect.any(Number),
  });

  test('are looked at, each within the minute, where the fleet has health', async () => {
    const { healing, notes } = await run({ members: 3, health });

    expect(healing).toEqual([lookAt(0), lookAt(1), lookAt(2)]);
    expect(notes).toContainEqual({
      kind: 'evaluation-requested',
      group: 'shops/shop-2',
      cause: 'targets-due',
    });
    expect((await run({ members: 3 })).healing).toEqual([]);
  });

  test('are looked at in turns when they are many, and each shard knows of it', async () => {
    const made = aShardWorld({ members: 9, health });
    await sweep(made.ports, { shardSize: 3, membersAMinute: 3 })();

    expect(made.shards.map(({ turns }) => turns)).toEqual([3, 3, 3]);
    expect((await run({ members: 9, health })).shards[0]).not.toHaveProperty('turns');

    const looks = await Promise.all(
      [0, 1, 2].map(async (minute) => {
        const later = aShardWorld({ hasFleet: true, health, now: NOON + seconds(60 * minute) });
        const shard = { ...made.shards[0], until: NOON + seconds(600) } as Shard;
        await lookAtShards(later.ports)([shard]);
        return later.healing.map(({ group }) => group);
      }),
    );
    expect(looks.flat().toSorted()).toEqual(['shops/shop-0', 'shops/shop-1', 'shops/shop-2']);
  });

  test('are looked at without delay while one of them is known to fail', async () => {
    const made = aShardWorld({ members: 2, health });
    const sightings = { 'arn i-1:80': NOON };
    const ports = {
      ...made.ports,
      healLedger: {
        read: async () => new Map([['shops/shop-0', { head: { ...newHealHead, sightings } }]]),
      },
    };
    await sweep(ports)();

    expect(made.healing).toEqual([
      { kind: 'evaluate', group: 'shops/shop-0', cause: 'targets-unhealthy' },
      lookAt(1),
    ]);
  });

  test('are not looked at while what is remembered of them cannot be read', async () => {
    const made = aShardWorld({ members: 1, health, now: NOON + seconds(60) });
    const ports = {
      ...made.ports,
      healLedger: { read: async () => new Map([['shops/shop-0', { damage: 'no JSON' }]]) },
    };
    await sweep(ports)();

    expect(made.healing).toEqual([]);
  });
});

describe('members that left while targets of theirs were out', () => {
  const health = aHealth({ watched: [] });
  const openHeads = ['shops/shop-0', 'shops/gone', 'cells/shop-0', 'web'];
  const leftBehind = (group: string) => ({ kind: 'evaluate', group, cause: 'left-behind' });

  test('are found, and those that stayed are looked at anyway', async () => {
    const { healing } = await run({ members: 1, health, openHeads });

    expect(healing.filter(({ cause }) => cause === 'left-behind')).toEqual([
      leftBehind('web'),
      leftBehind('shops/gone'),
      leftBehind('cells/shop-0'),
    ]);
  });

  test('are all that there are once the fleet has no health any more', async () => {
    const { healing } = await run({ members: 1, openHeads });

    expect(healing.map(({ group }) => group)).toEqual([
      'web',
      'shops/shop-0',
      'shops/gone',
      'cells/shop-0',
    ]);
  });

  test('are not looked for while nobody knows who the members are; groups of the file are', async () => {
    const { healing } = await run({ members: 1, health, openHeads, broken: ['members'] });

    expect(healing).toEqual([leftBehind('web')]);
  });
});
