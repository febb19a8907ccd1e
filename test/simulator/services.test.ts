import { describe, expect, test } from '@jest/globals';
import { createTimeline } from '#simulator/kernel/timeline.ts';
import { createAutoScaling } from '#simulator/services/auto-scaling/auto-scaling.ts';
import type { GroupSpec } from '#simulator/services/auto-scaling/fleet.ts';
import { createLoadBalancing } from '#simulator/services/load-balancing/load-balancing.ts';
import { minutes, NOON, seconds, TARGET_GROUP, TARGET_GROUP_ARN } from '#test/support/builders.ts';

const SPEC: GroupSpec = {
  name: 'web-prod',
  min: 2,
  max: 8,
  desired: 4,
  isManaged: true,
  bootSeconds: () => 60,
  targetGroupArns: [TARGET_GROUP_ARN],
};

const setUp = () => {
  const timeline = createTimeline(NOON);
  const scaling = createAutoScaling(timeline, [SPEC]);
  const balancing = createLoadBalancing(timeline, scaling.machines, [SPEC]);
  const states = () =>
    (scaling.truth('web-prod')?.instances ?? []).map(({ lifecycleState }) => lifecycleState);
  const count = (state: string) => states().filter((each) => each === state).length;
  return { timeline, scaling, balancing, count };
};

describe('an Auto Scaling group', () => {
  test('launches at once, and each instance is in service when it has booted', async () => {
    const { timeline, scaling, count } = setUp();
    expect(await scaling.setCapacity('web-prod', 6)).toEqual({ kind: 'applied' });
    expect([count('InService'), count('Pending')]).toEqual([4, 2]);

    await timeline.runUntil(NOON + seconds(59));
    expect(count('Pending')).toBe(2);
    await timeline.runUntil(NOON + seconds(60));
    expect(count('InService')).toBe(6);
  });

  test('takes the surplus from the fullest zone, the oldest first, and lets it drain', async () => {
    const { timeline, scaling, count } = setUp();
    await scaling.setCapacity('web-prod', 2);
    expect([count('InService'), count('Terminating')]).toEqual([2, 2]);
    const staying = scaling.machines('web-prod').filter(({ goneAt }) => goneAt === undefined);
    expect(new Set(staying.map(({ zone }) => zone)).size).toBe(2);
    expect(staying.map(({ id }) => id)).toEqual(['i-0003', 'i-0004']);

    await timeline.runUntil(NOON + seconds(30));
    expect(count('Terminating')).toBe(0);
  });

  test.each([
    { capacity: 1, reason: 'OutOfBounds' },
    { capacity: 9, reason: 'OutOfBounds' },
  ])('refuses $capacity, outside its bounds', async ({ capacity, reason }) => {
    expect(await setUp().scaling.setCapacity('web-prod', capacity)).toMatchObject({ reason });
  });

  test.each([2, 8])('takes %d, a border of its bounds', async (capacity) => {
    expect(await setUp().scaling.setCapacity('web-prod', capacity)).toEqual({ kind: 'applied' });
  });

  test('replaces an instance that is marked Unhealthy, at its next look', async () => {
    const { timeline, scaling, count } = setUp();
    await scaling.markUnhealthy('i-0002');
    expect(count('Terminating')).toBe(0);

    await timeline.runUntil(NOON + seconds(15));
    expect([count('Terminating'), count('Pending')]).toEqual([1, 1]);
  });

  test('does not launch while Launch is suspended, nor terminate while Terminate is', async () => {
    const { scaling, count } = setUp();
    scaling.pull('web-prod', ({ suspended }) => suspended.add('Launch').add('Terminate'));
    await scaling.setCapacity('web-prod', 6);
    expect(count('Pending')).toBe(0);
    await scaling.setCapacity('web-prod', 2);
    expect(count('Terminating')).toBe(0);
  });

  test('leaves protected instances, even when too many', async () => {
    const { scaling, count } = setUp();
    scaling.pull('web-prod', ({ machines }) => {
      for (const machine of machines) machine.isProtected = true;
    });
    await scaling.setCapacity('web-prod', 2);

    expect(count('InService')).toBe(4);
  });

  test('puts an instance on standby when it is in service, and not before', async () => {
    const { scaling, count } = setUp();
    await scaling.setCapacity('web-prod', 5);
    const standBy = (instanceId: string) =>
      scaling.standBy({ autoScalingGroup: 'web-prod', instanceId, isReplaced: true });

    expect(await standBy('i-0005')).toEqual({
      kind: 'refused',
      reason: 'OutOfBounds',
      detail: 'The instance i-0005 is not in InService.',
    });
    expect(await standBy('i-0001')).toEqual({ kind: 'applied' });
    expect(count('Standby')).toBe(1);
  });

  test('tries again when launches have stopped failing', async () => {
    const { timeline, scaling, count } = setUp();
    scaling.pull('web-prod', (fleet, now) => {
      fleet.launchesFailUntil = now + minutes(2);
    });
    await scaling.setCapacity('web-prod', 6);
    expect(count('Pending')).toBe(0);

    await timeline.runUntil(NOON + minutes(2));
    expect(count('Pending')).toBe(2);
  });

  test('is read as it was, when reads lag', async () => {
    const { timeline, scaling } = setUp();
    await timeline.runUntil(NOON + seconds(10));
    await scaling.setCapacity('web-prod', 6);
    scaling.lag(() => seconds(5));
    const read = async () => (await scaling.readGroups(['web-prod'])).get('web-prod');

    expect((await read())?.capacityDesired).toBe(4);
    await timeline.runUntil(NOON + seconds(15));
    expect((await read())?.capacityDesired).toBe(6);
  });
});

describe('an Auto Scaling group of a special kind', () => {
  const special = (spec: Partial<GroupSpec>) => {
    const timeline = createTimeline(NOON);
    const scaling = createAutoScaling(timeline, [{ ...SPEC, ...spec }]);
    const states = () =>
      (scaling.truth('web-prod')?.instances ?? []).map(({ lifecycleState }) => lifecycleState);
    const units = () =>
      (scaling.truth('web-prod')?.instances ?? [])
        .filter(({ lifecycleState }) => !lifecycleState.startsWith('Terminating'))
        .reduce((sum, { weight }) => sum + weight, 0);
    return { timeline, scaling, states, units };
  };

  test('with weights has units enough, and removes none whose units are still needed', async () => {
    const { scaling, units } = special({ weights: [2] });
    await scaling.setCapacity('web-prod', 5);
    expect(units()).toBe(6);
    await scaling.setCapacity('web-prod', 4);
    expect(units()).toBe(4);
    await scaling.setCapacity('web-prod', 3);
    expect(units()).toBe(4);
  });

  test('with lifecycle hooks lets instances wait, at both ends of their lives', async () => {
    const { timeline, scaling, states } = special({ hasHooks: true });
    await scaling.setCapacity('web-prod', 5);
    await timeline.runUntil(NOON + seconds(70));
    expect(states()).toContain('Pending:Wait');
    await timeline.runUntil(NOON + seconds(85));
    expect(states()).toEqual(Array(5).fill('InService'));

    await scaling.setCapacity('web-prod', 4);
    expect(states()).toContain('Terminating:Wait');
    await timeline.runUntil(NOON + seconds(140));
    expect(states()).toEqual(Array(4).fill('InService'));
  });

  test('gives an instance up whose hook never answers, and launches another', async () => {
    const { timeline, scaling, states } = special({ hasHooks: true });
    scaling.pull('web-prod', (fleet, now) => {
      fleet.hooksHangUntil = now + minutes(1);
    });
    await scaling.setCapacity('web-prod', 5);
    await timeline.runUntil(NOON + minutes(10));
    expect(states()).toContain('Pending:Wait');

    await timeline.runUntil(NOON + minutes(14));
    expect(states()).toEqual(Array(5).fill('InService'));
  });

  test('with a warm pool has its next instances sooner', async () => {
    const { timeline, scaling, states } = special({ warmPool: 1 });
    await scaling.setCapacity('web-prod', 6);
    await timeline.runUntil(NOON + seconds(20));

    expect(states()).toEqual([...Array(5).fill('InService'), 'Pending']);
  });

  test('replaces every instance in an instance refresh, one after the other', async () => {
    const { timeline, scaling } = special({});
    const before = scaling.machines('web-prod').map(({ id }) => id);
    scaling.pull('web-prod', (fleet) => {
      fleet.outdated = new Set(before);
    });
    expect(scaling.machines('web-prod').filter((each) => each.goneAt !== undefined)).toHaveLength(
      1,
    );

    await timeline.runUntil(NOON + minutes(15));
    const staying = scaling.machines('web-prod').filter(({ goneAt }) => goneAt === undefined);
    const after = staying.map(({ id }) => id);
    expect(after).toHaveLength(4);
    expect(after.filter((id) => before.includes(id))).toEqual([]);
  });

  test('can be removed and made again', () => {
    const { scaling } = special({});
    scaling.remove('web-prod');
    expect(scaling.truth('web-prod')).toBeUndefined();
    scaling.restore('web-prod');
    expect(scaling.truth('web-prod')?.capacityDesired).toBe(4);
  });
});

describe('a target group', () => {
  const stateOf = ({ balancing }: ReturnType<typeof setUp>, id: string) =>
    balancing.truth(TARGET_GROUP).find((target) => target.id === id)?.state;

  test('takes an instance in when it is in service, and finds it healthy after two checks', async () => {
    const world = setUp();
    await world.scaling.setCapacity('web-prod', 5);
    await world.timeline.runUntil(NOON + seconds(59));
    expect(stateOf(world, 'i-0005')).toBeUndefined();
    await world.timeline.runUntil(NOON + seconds(60));
    expect(stateOf(world, 'i-0005')).toBe('initial');
    await world.timeline.runUntil(NOON + seconds(80));
    expect(stateOf(world, 'i-0005')).toBe('healthy');
  });

  test('says why a target fails, until it recovers', () => {
    const world = setUp();
    world.balancing.fail('i-0001', 'Target.Timeout');
    expect(world.balancing.truth(TARGET_GROUP)[0]).toMatchObject({
      id: 'i-0001',
      state: 'unhealthy',
      reason: 'Target.Timeout',
    });

    world.balancing.recover('i-0001');
    expect(stateOf(world, 'i-0001')).toBe('healthy');
  });

  test('lets a target drain that is deregistered, and forgets it then', async () => {
    const world = setUp();
    await world.balancing.deregister({
      targetGroupArn: TARGET_GROUP_ARN,
      targetId: 'i-0001',
      port: 80,
      cause: '',
    });
    expect(stateOf(world, 'i-0001')).toBe('draining');

    await world.timeline.runUntil(NOON + seconds(30));
    expect(stateOf(world, 'i-0001')).toBeUndefined();
  });

  test('gives no traffic to who fails, drains, stands by or starts', async () => {
    const { balancing, scaling } = setUp();
    const [, second, third, fourth] = scaling.machines('web-prod');
    balancing.fail('i-0001');
    scaling.pull('web-prod', () => {
      if (second) second.isStandby = true;
    });

    expect(balancing.serving(scaling.machines('web-prod'))).toEqual([third, fourth]);
  });

  test('gives traffic to all when none is healthy: it fails open', () => {
    const { balancing, scaling } = setUp();
    for (const { id } of scaling.machines('web-prod')) balancing.fail(id);

    expect(balancing.serving(scaling.machines('web-prod'))).toHaveLength(4);
  });

  test('knows targets that belong to no group, each target group by itself', async () => {
    const { balancing } = setUp();
    balancing.add(TARGET_GROUP_ARN, '10.0.0.7');
    balancing.fail('10.0.0.7');
    const states = () => balancing.truth(TARGET_GROUP).map(({ id, state }) => `${id} ${state}`);
    expect(states()).toContain('10.0.0.7 unhealthy');

    await balancing.deregister({
      targetGroupArn: `${TARGET_GROUP_ARN}-other`,
      targetId: '10.0.0.7',
      port: 80,
      cause: '',
    });
    expect(states()).toContain('10.0.0.7 unhealthy');
  });
});
