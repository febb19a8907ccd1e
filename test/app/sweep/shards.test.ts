import { describe, expect, test } from '@jest/globals';
import { lookAtShards } from '#app/sweep/look-at-shards.ts';
import { sweep } from '#app/sweep/sweep.ts';
import type { Shard } from '#domain/sweep/shard.ts';
import { alarmOf, CPU_HIGH, NOON, seconds } from '#test/support/builders.ts';
import { aShardWorld, names, SHOP_BUSY, type ShardWorld } from '#test/support/shard-world.ts';

const SHARD = { kind: 'shard', until: NOON + seconds(60), firing: [] };

const run = async (world: ShardWorld) => {
  const made = aShardWorld(world);
  const error = await sweep(made.ports, { shardSize: 3 })().then(
    () => undefined,
    (thrown: Error) => thrown.message,
  );
  return { ...made, error, sent: made.shards.map(({ groups }) => groups) };
};

describe('a sweep of as many groups as one invocation looks at', () => {
  test.each([
    { named: 3, members: 0 },
    { named: 1, members: 2 },
    { named: 0, members: 3 },
  ])('looks at $named named groups and $members members itself', async ({ named, members }) => {
    const { requested, sent, recorded, sentShards } = await run({ named, members });

    expect(requested).toEqual([...names('web', named), ...names('shops/shop', members)]);
    expect([sent, sentShards]).toEqual([[], []]);
    expect(recorded).toEqual([NOON]);
  });
});

describe('a sweep of more groups', () => {
  test('sends named groups in shards, and reads none of them', async () => {
    const { read, requested, shards, recorded } = await run({ named: 4 });

    expect(shards).toEqual([
      { ...SHARD, name: 'named-0', groups: ['web-0', 'web-1'], delaySeconds: 0 },
      { ...SHARD, name: 'named-1', groups: ['web-2', 'web-3'], delaySeconds: 10 },
    ]);
    expect([read, requested]).toEqual([[], []]);
    expect(recorded).toEqual([NOON]);
  });

  test('looks at named groups itself when only members make it too many, so that these hold up none', async () => {
    const { requested, sent } = await run({ named: 2, members: 2 });

    expect(requested).toEqual(['web-0', 'web-1']);
    expect(sent).toEqual([['shops/shop-0', 'shops/shop-1']]);
  });

  test('sends both when there are too many named groups alone', async () => {
    const { requested, sent, sentShards } = await run({ named: 4, members: 1 });

    expect(requested).toEqual([]);
    expect(sentShards.toSorted()).toEqual(['members-0', 'named-0', 'named-1']);
    expect(sent).toEqual([['web-0', 'web-1'], ['web-2', 'web-3'], ['shops/shop-0']]);
  });

  test('tells each shard which of its alarms fire, and asks for them once', async () => {
    const firing = [
      alarmOf(SHOP_BUSY, { name: 'shop-1-busy', since: NOON - 7 }),
      alarmOf(SHOP_BUSY, { name: 'shop-3-busy', actionsEnabled: false }),
      alarmOf(SHOP_BUSY, { name: 'shop-2-busy', state: 'OK' }),
      alarmOf(SHOP_BUSY, { name: 'shop-9-busy' }),
    ];
    const { shards, asked } = await run({ named: 4, members: 4, firing });

    expect(asked.filter((port) => port === 'firing')).toHaveLength(1);
    expect(shards.map((shard) => shard.firing)).toEqual([
      [],
      [],
      [{ name: 'shop-1-busy', since: NOON - 7 }],
      [],
    ]);
  });

  test('lets each shard read its own alarms when these cannot be read together', async () => {
    const { error, shards, notes } = await run({ named: 4, broken: ['firing'] });

    expect(error).toBeUndefined();
    expect(shards.map((shard) => 'firing' in shard)).toEqual([false, false]);
    expect(notes).toContainEqual({
      kind: 'look-failed',
      group: 'the alarms that fire',
      error: new Error('firing is broken'),
    });
  });

  test('does not say that it looked when a shard could not be sent', async () => {
    const { error, recorded } = await run({ named: 4, broken: ['queue'] });

    expect(error).toBe('queue is broken');
    expect(recorded).toEqual([]);
  });

  test('sends members although named groups cannot be read, and fails in the end', async () => {
    const { error, sent, recorded } = await run({ named: 1, members: 4, broken: ['groups'] });

    expect(error).toBe('groups is broken');
    expect(sent).toHaveLength(2);
    expect(recorded).toEqual([]);
  });
});

test('a sweep that does not know the members looks at the named groups, and does not say that it looked at all', async () => {
  const { error, requested, recorded } = await run({ named: 2, members: 1, broken: ['members'] });

  expect(error).toBeUndefined();
  expect(requested).toEqual(['web-0', 'web-1']);
  expect(recorded).toEqual([]);
});

describe('a shard', () => {
  const shardOf = (groups: readonly string[]): Shard => ({
    kind: 'shard',
    groups,
    until: NOON + seconds(60),
  });
  const lookAt = async (shard: Shard, world: ShardWorld = {}) => {
    const made = aShardWorld({ named: 2, hasFleet: true, ...world });
    const dispositions = await lookAtShards(made.ports)([shard]);
    return { ...made, dispositions };
  };

  test('is looked at as the sweep looks at few groups', async () => {
    const { dispositions, read, requested, notes } = await lookAt(
      shardOf(['web-1', 'shops/shop-7']),
    );

    expect(dispositions).toEqual([{ kind: 'done' }]);
    expect(read).toEqual(['web-1-asg', 'shop-7']);
    expect(requested).toEqual(['web-1', 'shops/shop-7']);
    expect(notes).toMatchObject([
      { kind: 'evaluation-requested', group: 'web-1' },
      { kind: 'evaluation-requested', group: 'shops/shop-7' },
    ]);
  });

  test('goes by the alarms that it brings, and asks for none', async () => {
    const firing = [{ name: CPU_HIGH.alarm.name, since: NOON - seconds(200) }];
    const { asked, notes } = await lookAt({ ...shardOf(['web-0']), firing });
    const quiet = await lookAt({ ...shardOf(['web-0']), firing: [] });

    expect(asked).toEqual(['groups']);
    expect(notes.map(({ kind }) => kind)).toEqual(['missed-notification', 'evaluation-requested']);
    expect(quiet.requested).toEqual([]);
  });

  test('says when it was looked at, if it has a name', async () => {
    const named = await lookAt({ ...shardOf(['web-1']), name: 'named-0' });
    const nameless = await lookAt(shardOf(['web-1']));
    const late = await lookAt(
      { ...shardOf(['web-1']), name: 'named-0' },
      { now: NOON + seconds(65) },
    );

    expect(named.looked).toEqual([{ shard: 'named-0', at: NOON }]);
    expect([nameless.looked, late.looked]).toEqual([[], []]);
  });

  test('ends well although the time cannot be written down, and does not say so when a look failed', async () => {
    const shard = { ...shardOf(['web-1']), name: 'named-0' };
    const { dispositions, notes } = await lookAt(shard, { broken: ['mark'] });
    const made = aShardWorld({ named: 2, broken: ['groups'] });

    expect(dispositions).toEqual([{ kind: 'done' }]);
    expect(notes).toContainEqual({
      kind: 'look-failed',
      group: 'the time of the shard named-0',
      error: new Error('mark is broken'),
    });
    await expect(lookAtShards(made.ports)([shard])).rejects.toThrow('groups is broken');
    expect(made.looked).toEqual([]);
  });

  test('that comes a minute after it was sent is dropped with a note', async () => {
    const { dispositions, read, notes } = await lookAt(shardOf(['web-0', 'web-1']), {
      now: NOON + seconds(65),
    });

    expect(dispositions).toEqual([{ kind: 'done' }]);
    expect(read).toEqual([]);
    expect(notes).toEqual([{ kind: 'shard-dropped', groups: 2, lateSeconds: 5 }]);
  });

  test.each([
    { name: 'gone', why: 'no group is called so any more' },
    { name: 'cells/shop-7', why: 'its fleet has left the file' },
    { name: 'shops/web-0-asg', why: 'the file names the group meanwhile' },
  ])('leaves $name out when $why', async ({ name }) => {
    const { read, notes } = await lookAt(shardOf([name, 'web-1']));

    expect(read).toEqual(['web-1-asg']);
    expect(notes).toContainEqual({
      kind: 'ignored',
      subject: name,
      detail: 'no such group is configured',
    });
  });

  test('of groups that are all gone reads nothing', async () => {
    const { dispositions, read } = await lookAt(shardOf(['gone']));

    expect([dispositions, read]).toEqual([[{ kind: 'done' }], []]);
  });

  test('fails when its groups cannot be read', async () => {
    await expect(lookAt(shardOf(['web-1']), { broken: ['groups'] })).rejects.toThrow(
      'groups is broken',
    );
  });
});
