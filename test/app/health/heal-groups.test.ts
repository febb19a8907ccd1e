import { describe, expect, test } from '@jest/globals';
import { HEALTH_ALARM, minutes, NOON, seconds } from '#test/support/builders.ts';
import { aHealWorld, type HealPort } from '#test/support/heal-world.ts';
import { anAlarmEvent } from '#test/support/notify-world.ts';
import { request } from '#test/support/scale-world.ts';

const DONE = { kind: 'done' };
const SWEEP = request('web', 'targets-unhealthy');

/** A world in which i-3 has failed for long enough. */
const sick = async () => {
  const { world, heal } = aHealWorld();
  world.fail('i-3');
  await heal(SWEEP);
  world.now = NOON + minutes(2);
  world.calls.length = 0;
  world.published.length = 0;
  return { world, heal };
};

describe('an unhealthy target', () => {
  test('is only remembered at the first sight', async () => {
    const { world, heal } = aHealWorld();
    world.fail('i-3');

    expect(await heal(anAlarmEvent({ name: HEALTH_ALARM }))).toEqual([DONE]);
    expect(world.steps).toEqual([]);
    expect(Object.values(world.head()?.sightings ?? {})).toEqual([NOON]);
    expect(world.published.map(({ reason }) => reason)).toEqual(['AwaitingSecondSighting']);
  });

  test('is taken out of traffic, then condemned, told and settled', async () => {
    const { world, heal } = await sick();

    expect(await heal(SWEEP)).toEqual([DONE]);
    expect(world.steps).toEqual(['deregister i-3', 'mark unhealthy i-3']);
    expect(world.calls).toEqual([
      'readGroups',
      'ledgerRead',
      'readTargets',
      'readObstacles',
      'readFailOpen',
      'readManaged',
      'ledgerWrite',
      'deregister',
      'markUnhealthy',
      'publish',
      'ledgerWrite',
    ]);
    expect(world.published.map(({ kind, targets }) => ({ kind, targets }))).toEqual([
      { kind: 'replaced', targets: ['i-3:80'] },
    ]);
    expect(world.head()).toMatchObject({ removals: [NOON + minutes(2)], untold: [] });
  });

  test('is replaced once, however often it is looked at', async () => {
    const { world, heal } = await sick();
    await heal(SWEEP, SWEEP, anAlarmEvent({ name: HEALTH_ALARM }));
    await heal(SWEEP);

    expect(world.steps).toEqual(['deregister i-3', 'mark unhealthy i-3']);
  });

  test('that recovers is forgotten, and must fail anew for as long', async () => {
    const { world, heal } = await sick();
    const failing = world.targets;
    world.targets = failing.map((target) => ({ ...target, state: 'healthy', reason: '' }));
    await heal(SWEEP);
    expect(world.head()?.sightings).toEqual({});

    world.targets = failing;
    await heal(SWEEP);
    expect(world.steps).toEqual([]);
  });

  test('outside of the group only leaves the load balancer', async () => {
    const { world, heal } = await sick();
    const instances = (world.state?.instances ?? []).filter(({ id }) => id !== 'i-3');
    if (world.state) world.state = { ...world.state, capacityDesired: 9, instances };
    await heal(SWEEP);

    expect(world.steps).toEqual(['deregister i-3']);
  });

  test('of a group that AWS does not know is left alone', async () => {
    const { world, heal } = await sick();
    world.state = undefined;
    await heal(SWEEP);

    expect(world.steps).toEqual([]);
    expect(world.published.map(({ reason }) => reason)).toEqual(['GroupNotFound']);
  });
});

test('messages about other alarms are nothing to the healer', async () => {
  const { world, heal } = aHealWorld();

  expect(await heal(anAlarmEvent({ name: 'web-cpu-high' }))).toEqual([DONE]);
  expect(world.calls).toEqual([]);
});

describe('a refusal', () => {
  const refused = (reason: 'Throttled' | 'AccessDenied') =>
    ({ kind: 'refused', reason, detail: `AWS says ${reason}` }) as const;

  test('of the first step ends it: nothing was touched', async () => {
    const { world, heal } = await sick();
    world.answers.push(refused('AccessDenied'));

    expect(await heal(SWEEP)).toEqual([DONE]);
    expect(world.steps).toEqual(['deregister i-3']);
    expect(world.published.map(({ kind }) => kind)).toEqual(['failed']);
    expect(world.head()?.inFlight).toBeUndefined();
  });

  test('by a throttle at the first step is tried again', async () => {
    const { world, heal } = await sick();
    world.answers.push(refused('Throttled'));

    expect(await heal(SWEEP)).toEqual([{ kind: 'retry', error: new Error('AWS says Throttled') }]);
    expect(world.head()?.inFlight).toBeUndefined();
  });

  test('by a throttle half-way leaves the plan in flight, and the sweep finishes it', async () => {
    const { world, heal } = await sick();
    world.answers.push({ kind: 'applied' }, refused('Throttled'));

    expect(await heal(SWEEP)).toEqual([
      {
        kind: 'retry',
        error: new Error('web-health-3 is half done and stays in flight: AWS says Throttled'),
      },
    ]);
    expect(world.head()?.inFlight?.decision.removals).toHaveLength(1);
    expect(world.published).toEqual([]);

    world.now += seconds(60);
    await heal(SWEEP);
    expect(world.steps.slice(2)).toEqual(['mark unhealthy i-3']);
    expect(world.state?.instances.find(({ id }) => id === 'i-3')?.isHealthy).toBe(false);
    expect(world.published.map(({ kind }) => kind)).toContain('replaced');
  });
});

const CALLS: readonly HealPort[] = [
  'readGroups',
  'ledgerRead',
  'readTargets',
  'ledgerWrite',
  'deregister',
  'markUnhealthy',
  'publish',
  'ledgerWrite',
];

describe('a healer that dies', () => {
  const moments = CALLS.flatMap((port, index) =>
    (['before', 'after'] as const).map((moment) => ({ moment, port, index })),
  );

  test.each(moments)(
    '$moment call $index, $port, leaves work that is finished',
    async ({ moment, index }) => {
      const { world, heal } = await sick();
      world.around = async (_port, call) => {
        if (world.calls.length < index + 1) return call();
        if (moment === 'after' && world.calls.length === index + 1) await call();
        return new Promise(() => {});
      };
      heal(SWEEP).catch(() => undefined);
      await new Promise(setImmediate);

      world.around = (_port, call) => call();
      for (const age of [61, 122]) {
        world.now = NOON + minutes(2) + seconds(age);
        expect(await heal(SWEEP)).toEqual([DONE]);
      }

      expect(new Set(world.steps)).toEqual(new Set(['deregister i-3', 'mark unhealthy i-3']));
      expect(world.targets.some(({ id }) => id === 'i-3')).toBe(false);
      expect(world.state?.instances.find(({ id }) => id === 'i-3')?.isHealthy).toBe(false);
      const told = world.published.filter(({ kind }) => kind === 'replaced');
      expect(new Set(told.map(({ decisionId, at }) => `${decisionId} ${at}`)).size).toBe(1);
      expect(world.head()).toMatchObject({ untold: [] });
      expect(world.head()?.inFlight).toBeUndefined();
    },
  );
});

describe('a lost race', () => {
  test('for the plan is run again on fresh state', async () => {
    const { world, heal } = await sick();
    let isLost = true;
    world.around = (port, call) => {
      if (port !== 'ledgerWrite' || !isLost) return call();
      isLost = false;
      return Promise.resolve(false) as ReturnType<typeof call>;
    };
    await heal(SWEEP);

    expect(world.steps).toEqual(['deregister i-3', 'mark unhealthy i-3']);
  });

  test('for taking over a plan leaves it to the winner', async () => {
    const { world, heal } = await sick();
    world.around = (port, call) => (port === 'markUnhealthy' ? new Promise(() => {}) : call());
    heal(SWEEP).catch(() => undefined);
    await new Promise(setImmediate);
    world.now += seconds(60);
    world.around = (port, call) =>
      port === 'ledgerWrite' ? (Promise.resolve(false) as ReturnType<typeof call>) : call();
    await heal(SWEEP);

    expect(world.steps).toEqual(['deregister i-3']);
  });
});
