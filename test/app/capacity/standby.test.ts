import { describe, expect, test } from '@jest/globals';
import type { Group } from '#domain/configuration/configuration.ts';
import { aGroup, aGroupState, minutes, NOON } from '#test/support/builders.ts';
import { aScaleWorld, type Port, request } from '#test/support/scale-world.ts';

const standingIn = (name: string, peer: string): Group =>
  aGroup({
    name,
    autoScalingGroup: `${name}-prod`,
    standby: { of: { region: 'eu-west-1', autoScalingGroup: peer }, minPercent: 60 },
  });

const aPeer = (name: string, capacityDesired: number) =>
  aGroupState({ autoScalingGroup: name, capacityDesired });

const setUp = () => {
  const groups = [standingIn('web', 'web-eu'), standingIn('api', 'api-eu'), aGroup({ name: 'db' })];
  const { world, scale } = aScaleWorld(groups);
  world.peers.set('web-eu', aPeer('web-eu', 10));
  world.peers.set('api-eu', aPeer('api-eu', 1));
  let isAway = false;
  world.around = async <T>(port: Port, call: () => Promise<T>): Promise<T> => {
    if (port === 'readPeers' && isAway) throw new Error('connect ETIMEDOUT');
    return call();
  };
  const look = async (minute: number) => {
    world.now = NOON + minutes(minute);
    world.calls.length = 0;
    return scale(request('web'), request('api'), request('db'));
  };
  const goAway = (away: boolean) => {
    isAway = away;
  };
  return { world, look, goAway };
};

describe('a group that stands in for one of another Region', () => {
  test('asks the Region once for all groups of a batch', async () => {
    const { world, look } = setUp();
    await look(0);
    expect(world.calls.filter((port) => port === 'readPeers')).toHaveLength(1);
    expect(world.head('web')?.standby).toEqual({ of: 'eu-west-1/web-eu', whole: 10 });
    expect(world.head('db')).toBeUndefined();
  });

  test('has a raised minimum while the Region is away, told once, and no other group notices', async () => {
    const { world, look, goAway } = setUp();
    await look(0);
    goAway(true);
    for (const minute of [1, 2, 3]) {
      expect(await look(minute)).toEqual([{ kind: 'done' }, { kind: 'done' }, { kind: 'done' }]);
    }
    expect(world.sets).toEqual([]);
    await look(4);
    await look(5);
    expect(world.sets).toEqual([{ name: 'web-prod', capacity: 6 }]);
    const told = world.published.filter(({ kind }) => kind !== 'held');
    expect(told.map(({ group, reason }) => `${group} ${reason}`).sort()).toEqual([
      'api StandbyBegan',
      'web BelowMinimum',
      'web StandbyBegan',
    ]);
    const failed = world.notesOf('look-failed').map(({ group }) => group);
    expect([...new Set(failed)].sort()).toEqual(['api', 'web']);
  });

  test('is released in the end, and that is told', async () => {
    const { world, look, goAway } = setUp();
    await look(0);
    goAway(true);
    for (const minute of [1, 2, 3, 4]) await look(minute);
    goAway(false);
    for (let minute = 5; minute <= 24; minute += 1) await look(minute);
    expect(world.head('web')?.standby).toEqual({ of: 'eu-west-1/web-eu', whole: 10 });
    expect(
      world.published
        .filter(({ group, kind }) => group === 'web' && kind === 'override')
        .map(({ reason }) => reason),
    ).toEqual(['StandbyBegan', 'StandbyEnded']);
  });
});
