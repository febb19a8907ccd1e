import { describe, expect, test } from '@jest/globals';
import type { Answer } from '#domain/ledger/outcome.ts';
import { incidentOf } from '#domain/notify/incident.ts';
import { aGroupState, minutes, NOON, seconds, someInstances } from '#test/support/builders.ts';
import { GROUP, OURS, pool } from '#test/support/pools.ts';
import { REQUESTS } from '#test/support/readings.ts';
import { aScaleWorld, request } from '#test/support/scale-world.ts';

/** Three hundred requests a second, for two hours: seven units. */
const STEADY = {
  minutes: Array.from({ length: 120 }, (_, index) => ({
    at: NOON - minutes(123 - index),
    value: 18_000 + 180 * (index % 2),
  })),
  fives: [],
};

const setUp = (capacity = 7) => {
  const { world, scale } = aScaleWorld([GROUP]);
  const state = aGroupState({ capacityDesired: capacity, instances: someInstances(capacity) });
  world.states.set('web-prod', state);
  world.pasts.set(REQUESTS, STEADY);
  world.pools.set('web-prod', pool(9));
  return { world, look: () => scale(request('web')) };
};

/** The incidents that what was published opened and closed. */
const incidentsOf = ({ published }: ReturnType<typeof setUp>['world']): readonly string[] =>
  published
    .map((outcome) => incidentOf(outcome))
    .filter(({ phase }) => phase !== 'noted')
    .map(({ key, phase }) => `${key} ${phase}`);

const refused = (reason: 'PoolRefused' | 'AccessDenied' | 'Throttled'): Answer => ({
  kind: 'refused',
  reason,
  detail: `AWS says ${reason}`,
});

describe('the warm pool of a group', () => {
  test('is set, recorded and told without a word to people, and no cooldown begins', async () => {
    const { world, look } = setUp();
    expect(await look()).toEqual([{ kind: 'done' }]);

    expect(world.sets).toEqual([]);
    expect(world.poolSets).toEqual([{ name: 'web-prod', prepared: 7, isReused: true }]);
    expect(world.published).toMatchObject([{ kind: 'held', reason: 'PoolSized' }]);
    expect(world.published[0]).not.toHaveProperty('capacity');
    expect(world.head()).toMatchObject({
      prepared: [{ at: NOON, capacity: 7 }],
      lastPool: { at: NOON, from: 9, to: 7 },
      changes: [],
    });
    expect(world.head()).not.toHaveProperty('inFlight');
    expect(world.head()).not.toHaveProperty('lastScaleIn');

    await look();
    expect(world.poolSets).toHaveLength(1);
  });

  test.each([
    { title: 'after the capacity on the way out', capacity: 5, limit: 5 },
    { title: 'before the capacity on the way in', capacity: 9, limit: 10 },
  ])('is set $title', async ({ capacity, limit }) => {
    const { world, look } = setUp(capacity);
    world.pools.set('web-prod', pool(limit));
    await look();

    const acts = world.calls.filter((call) => call === 'set' || call === 'setPool');
    expect(acts).toEqual(capacity < 7 ? ['set', 'setPool'] : ['setPool', 'set']);
    expect(world.sets).toEqual([{ name: 'web-prod', capacity: 7 }]);
    expect(world.head()).toMatchObject({ expected: 7, lastPool: { from: limit } });
  });

  test.each([
    { reason: 'PoolRefused', kind: 'blocked' },
    { reason: 'Throttled', kind: 'held' },
  ] as const)('that AWS refuses ($reason) is told once, and tried again later', async (it) => {
    const { world, look } = setUp();
    world.poolAnswers.push(refused(it.reason), refused(it.reason));
    expect(await look()).toEqual([{ kind: 'done' }]);
    expect(world.published).toMatchObject([{ kind: it.kind, reason: it.reason }]);
    expect(world.head()?.poolRefused).toEqual({ at: NOON, refusals: 1, told: it.reason });

    world.now = NOON + seconds(59);
    await look();
    expect(world.poolSets).toHaveLength(1);
    world.now = NOON + seconds(60);
    await look();
    expect(world.poolSets).toHaveLength(2);
    expect(world.head()?.poolRefused).toMatchObject({ at: NOON + seconds(60), refusals: 2 });
    expect(world.published).toHaveLength(1);
    expect(world.ledger.entries.at(-1)).toMatchObject({ status: 'refused', goesOn: true });

    world.now = NOON + seconds(300);
    await look();
    expect(world.poolSets).toHaveLength(3);
    expect(world.head()).not.toHaveProperty('poolRefused');
    expect(world.published.map(({ reason }) => reason)).toEqual([
      it.reason,
      'PoolSized',
      'PoolAccepted',
    ]);
    expect(incidentsOf(world)).toEqual(
      it.kind === 'blocked' ? ['web/pool opened', 'web/pool closed'] : ['web/pool closed'],
    );
  });

  test('that AWS refused is over, too, when a change of the capacity takes it along', async () => {
    const { world, look } = setUp();
    world.poolAnswers.push(refused('PoolRefused'));
    await look();
    world.states.set('web-prod', aGroupState({ capacityDesired: 5, instances: someInstances(5) }));
    world.now = NOON + seconds(60);
    await look();

    expect(world.published.map(({ reason }) => reason)).toEqual([
      'PoolRefused',
      'ForeignChange',
      'ScaledOut',
      'PoolAccepted',
    ]);
    expect(world.published.at(-1)?.summary).toBe(
      'web has a warm pool of the right size again: AWS refuses it no more',
    );
    expect(incidentsOf(world)).toEqual([
      'web/pool opened',
      'web/capacity closed',
      'web/pool closed',
    ]);
  });

  test('is told when it was refused along with a change, whose sentence alone said so', async () => {
    const { world, look } = setUp(5);
    world.pools.set('web-prod', pool(5));
    world.poolAnswers.push(refused('PoolRefused'), refused('PoolRefused'));
    await look();
    world.states.set('web-prod', aGroupState({ capacityDesired: 7, instances: someInstances(7) }));
    world.now = NOON + seconds(60);
    await look();

    expect(world.published.map(({ reason }) => reason)).toEqual(['ScaledOut', 'PoolRefused']);
  });

  test('that AWS refuses keeps no capacity back', async () => {
    const { world, look } = setUp(5);
    world.pools.set('web-prod', pool(5));
    world.poolAnswers.push(refused('PoolRefused'));
    await look();

    expect(world.published).toMatchObject([{ kind: 'scaled', capacity: { from: 5, to: 7 } }]);
    expect(world.published[0]?.summary).toContain(
      'The warm pool stays as it is: AWS says PoolRefused',
    );
    expect(world.head()).toMatchObject({ expected: 7, poolRefused: { refusals: 1 } });
  });

  test('is not asked for when AWS refuses the capacity that it goes with', async () => {
    const { world, look } = setUp(5);
    world.pools.set('web-prod', pool(5));
    world.answers.push(refused('AccessDenied'));
    await look();
    expect(world.poolSets).toEqual([]);
  });

  test('that cannot be read stays as it is, and the group is scaled without it', async () => {
    const { world, look } = setUp(5);
    world.around = (port, call) =>
      port === 'readPool' ? Promise.reject(new Error('throttled')) : call();
    await look();

    expect(world.sets).toEqual([{ name: 'web-prod', capacity: 7 }]);
    expect(world.poolSets).toEqual([]);
    expect(world.notesOf('look-failed')).toMatchObject([{ group: 'web' }]);
  });

  test('whose answer was lost is looked up after a minute', async () => {
    const { world, look } = setUp();
    const { around } = world;
    world.around = (port, call) =>
      port === 'setPool' ? Promise.reject(new Error('no answer')) : call();
    await look();
    expect(world.head()?.inFlight?.decision.pool).toMatchObject({ from: 9, to: 7 });

    world.around = around;
    world.now = NOON + seconds(61);
    await look();
    expect(world.poolSets).toEqual([{ name: 'web-prod', prepared: 7, isReused: true }]);
    expect(world.head()).not.toHaveProperty('inFlight');
    expect(world.notesOf('recovered')).toMatchObject([{ how: 'reissue' }]);
  });

  test('stays as it is when a capacity that never arrived is set again beside something else', async () => {
    const { world, look } = setUp(5);
    world.pools.set('web-prod', pool(5));
    const { around } = world;
    world.around = (port, call) =>
      port === 'set' ? Promise.reject(new Error('no answer')) : call();
    await look();
    expect(world.head()?.inFlight?.decision).toMatchObject({ to: 7, pool: { from: 5, to: 7 } });

    world.around = around;
    world.obstacles = [{ reason: 'StackUpdateActive', detail: 'CloudFormation is at work' }];
    world.now = NOON + seconds(61);
    await look();
    expect(world.sets).toEqual([{ name: 'web-prod', capacity: 7 }]);
    expect(world.poolSets).toEqual([]);
    expect(world.head()).not.toHaveProperty('inFlight');
  });

  test('is not read for a group that does not ask for one', async () => {
    const { warmPool: _none, ...group } = GROUP;
    const { world, scale } = aScaleWorld([group]);
    world.pools.set('web-prod', { settings: OURS, ready: 0, warming: 0 });
    await scale(request('web'));
    expect(world.calls).not.toContain('readPool');
  });
});
