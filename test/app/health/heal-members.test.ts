import { describe, expect, test } from '@jest/globals';
import type { Fleet } from '#domain/configuration/configuration.ts';
import {
  aBehavior,
  aGroupState,
  aHealth,
  anAlarmRule,
  HEALTH_ALARM,
  minutes,
  NOON,
  TARGET_GROUP_ARN,
} from '#test/support/builders.ts';
import { aHealWorld } from '#test/support/heal-world.ts';
import { anAlarmEvent } from '#test/support/notify-world.ts';
import { request } from '#test/support/scale-world.ts';

const DONE = { kind: 'done' };
const NAME = 'shops/web-prod';
const LOOK = request(NAME, 'targets-due');

const shops = (health: Fleet['template']['health'] = aHealth({ watched: [] })): Fleet => ({
  name: 'shops',
  tags: { tier: 'shop' },
  template: {
    capacity: {},
    metrics: {},
    rules: [anAlarmRule('{autoScalingGroup}-busy')],
    behavior: aBehavior({}),
    ...(health === undefined ? {} : { health }),
  },
});

/** A deployment that names another group, and whose fleet has web-prod among its members. */
const aWorld = (fleet = shops()) => {
  const { world, ports, heal } = aHealWorld();
  world.fleets = [fleet];
  world.state = aGroupState({ capacityDesired: 10, tags: { tier: 'shop' } });
  world.readMemberships = async (names) =>
    new Map(names.map((name) => [name, { autoScalingGroup: name, fleets: ['shops'] }]));
  Object.assign(ports.configuration, {
    groups: [{ ...world.group, autoScalingGroup: 'other-prod' }],
  });
  return { world, heal, head: () => world.ledger.head(NAME) };
};

describe('a member of a fleet with health', () => {
  test('has the targets of its own target groups looked at, and replaced', async () => {
    const { world, heal, head } = aWorld();
    world.fail('i-3');
    expect(await heal(LOOK)).toEqual([DONE]);
    expect(Object.values(head()?.sightings ?? {})).toEqual([NOON]);

    world.now = NOON + minutes(2);
    expect(await heal(request(NAME, 'targets-unhealthy'))).toEqual([DONE]);

    expect(world.steps).toEqual(['deregister i-3', 'mark unhealthy i-3']);
    expect(world.published.at(-1)).toMatchObject({ group: NAME, autoScalingGroup: 'web-prod' });
  });

  test('without target groups is looked at, and nothing is read of load balancers', async () => {
    const { world, heal } = aWorld();
    world.state = aGroupState({ targetGroupArns: [], tags: { tier: 'shop' } });

    expect(await heal(LOOK)).toEqual([DONE]);
    expect(world.calls).toEqual(['readMemberships', 'readGroups', 'ledgerRead']);
  });

  test('that left the fleet has its targets put back', async () => {
    const { world, heal, head } = aWorld(shops(aHealth({ watched: [], action: 'deregister' })));
    world.fail('i-3');
    await heal(LOOK);
    world.now = NOON + minutes(2);
    await heal(LOOK);
    expect(Object.values(head()?.probations ?? {})).toMatchObject([{ targetId: 'i-3' }]);

    world.readMemberships = async () => new Map();
    expect(await heal(request(NAME, 'left-behind'))).toEqual([DONE]);

    expect(world.steps).toEqual(['deregister i-3', 'register i-3']);
    expect(head()?.probations).toEqual({});
  });

  test('is not let go while nobody can say whether it is one; groups of the file go on', async () => {
    const { world, heal } = aWorld();
    const error = new Error('the table is throttled');
    world.readMemberships = () => Promise.reject(error);

    expect(await heal(LOOK, anAlarmEvent({ name: HEALTH_ALARM }))).toEqual([
      { kind: 'retry', error },
      DONE,
    ]);
    expect(world.calls).toContain('readTargets');
    expect(world.notes.map(({ kind }) => kind)).not.toContain('ignored');
  });

  test('is not asked for because an alarm of its rules fires', async () => {
    const { world, heal } = aWorld();

    expect(await heal(anAlarmEvent({ name: 'web-prod-busy' }))).toEqual([DONE]);
    expect(world.calls).toEqual([]);
  });
});

test('of a fleet whose health left the file nobody asks who its members are: their targets are put back', async () => {
  const { world, heal, head } = aWorld(shops(aHealth({ watched: [], action: 'deregister' })));
  world.fail('i-3');
  await heal(LOOK);
  world.now = NOON + minutes(2);
  await heal(LOOK);
  const { health: _gone, ...template } = shops().template;
  world.fleets = [{ ...shops(), template }];
  world.calls.length = 0;

  expect(await heal(request(NAME, 'left-behind'))).toEqual([DONE]);

  expect(world.calls).not.toContain('readMemberships');
  expect(world.steps).toEqual(['deregister i-3', 'register i-3']);
  expect(head()?.probations).toEqual({});
  expect(world.targets.some(({ targetGroupArn }) => targetGroupArn === TARGET_GROUP_ARN)).toBe(
    true,
  );
});
