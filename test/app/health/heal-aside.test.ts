import { describe, expect, test } from '@jest/globals';
import {
  aTarget,
  minutes,
  NOON,
  seconds,
  TARGET_GROUP,
  TARGET_GROUP_ARN,
} from '#test/support/builders.ts';
import { aHealWorld, type HealPort } from '#test/support/heal-world.ts';
import { request } from '#test/support/scale-world.ts';

const DONE = { kind: 'done' };
const SWEEP = request('web', 'targets-unhealthy');

type World = ReturnType<typeof aHealWorld>;

/** Looks every minute for so long. */
const watch = async ({ world, heal }: World, count: number): Promise<void> => {
  for (let minute = 0; minute < count; minute += 1) {
    world.now += minutes(1);
    await heal(SWEEP);
  }
};

const sickWith = async (...options: Parameters<typeof aHealWorld>): Promise<World> => {
  const both = aHealWorld(...options);
  both.world.fail('i-3');
  await both.heal(SWEEP);
  return both;
};

describe('with action: deregister', () => {
  test('a target is out for ten minutes, then tried again, then forgotten', async () => {
    const both = await sickWith({ action: 'deregister' });
    await watch(both, 2);
    expect(both.world.steps).toEqual(['deregister i-3']);

    await watch(both, 9);
    expect(both.world.steps).toEqual(['deregister i-3']);
    await watch(both, 1);
    expect(both.world.steps).toEqual(['deregister i-3', 'register i-3']);

    await watch(both, 10);
    expect(both.world.head()?.probations).toEqual({});
    expect(both.world.published.map(({ reason }) => reason)).toEqual([
      ...['AwaitingSecondSighting', 'TargetsDeregistered', 'NoUnhealthyTargets'],
      ...['TargetsReturned', 'NoUnhealthyTargets'],
    ]);
  });

  test('one that fails again is out for twenty', async () => {
    const both = await sickWith({ action: 'deregister' });
    await watch(both, 12);
    both.world.fail('i-3');
    await watch(both, 3);
    expect(both.world.steps.at(-1)).toBe('deregister i-3');

    await watch(both, 19);
    expect(both.world.steps).toHaveLength(3);
    await watch(both, 1);
    expect(both.world.steps.at(-1)).toBe('register i-3');
  });
});

describe('with two target groups', () => {
  const OTHER = `${TARGET_GROUP}-internal`;
  const watched = [TARGET_GROUP, OTHER].map((targetGroup) => ({
    alarm: `${targetGroup}-unhealthy`,
    targetGroup,
    loadBalancer: 'app/web/1',
  }));

  test('the instance leaves both before it is condemned, also after a crash between', async () => {
    const both = aHealWorld({ watched });
    const { world, heal } = both;
    const arn = `${TARGET_GROUP_ARN}-internal`;
    world.fail('i-3');
    const ill = world.targets.find(({ id }) => id === 'i-3')!;
    world.targets = [...world.targets, { ...ill, targetGroupArn: arn }];
    world.targets = [...world.targets, aTarget({ id: 'i-1', targetGroupArn: arn })];
    await heal(SWEEP);
    world.now += minutes(2);
    world.answers.push({ kind: 'applied' }, { kind: 'refused', reason: 'Throttled', detail: '' });
    await heal(SWEEP);
    expect(world.steps).toEqual(['deregister i-3', 'deregister i-3']);

    world.now += seconds(61);
    await heal(SWEEP);
    expect(world.steps.slice(2)).toEqual(['deregister i-3', 'mark unhealthy i-3']);
    expect(world.targets.some(({ id }) => id === 'i-3')).toBe(false);
  });
});

describe('with action: quarantine', () => {
  const quarantine = { seconds: 3_600, isReplaced: true };

  test('an instance stands by, people are reminded, and it is ended', async () => {
    const both = await sickWith({ action: 'quarantine', quarantine });
    await watch(both, 2);
    expect(both.world.steps).toEqual(['stand by i-3']);
    expect(both.world.head()?.quarantined).toMatchObject({ instanceId: 'i-3' });

    await watch(both, 60);
    expect(both.world.steps).toEqual(['stand by i-3', 'end i-3']);
    expect(both.world.published.map(({ kind, reason }) => `${kind} ${reason}`)).toEqual([
      'held AwaitingSecondSighting',
      'replaced InstanceQuarantined',
      'held NoUnhealthyTargets',
      'blocked QuarantineEnding',
      'replaced QuarantineEnded',
    ]);
    expect(both.world.head()).not.toHaveProperty('quarantined');
  });

  test('a refusal puts nobody aside', async () => {
    const both = await sickWith({ action: 'quarantine', quarantine });
    both.world.answers.push({ kind: 'refused', reason: 'OutOfBounds', detail: 'MinSize' });
    await watch(both, 2);

    expect(both.world.head()).not.toHaveProperty('quarantined');
  });
});

const JOBS = [
  { job: 'standBy', options: { action: 'quarantine' }, at: 2, once: ['stand by i-3'] },
  {
    job: 'register',
    options: { action: 'deregister' as const },
    at: 12,
    once: ['deregister i-3', 'register i-3'],
  },
  {
    job: 'release',
    options: { action: 'quarantine', quarantine: { seconds: 3_600, isReplaced: true } },
    at: 62,
    once: ['stand by i-3', 'end i-3'],
  },
] as const;

describe('a healer that dies', () => {
  test.each(
    JOBS.flatMap((each) => (['before', 'after'] as const).map((moment) => ({ ...each, moment }))),
  )('$moment $job leaves work that is finished', async ({ job, options, at, once, moment }) => {
    const both = await sickWith(options);
    const { world, heal } = both;
    await watch(both, at - 1);
    world.around = async (port: HealPort, call) => {
      if (port !== job) return call();
      if (moment === 'after') await call();
      return new Promise(() => {});
    };
    world.now += minutes(1);
    heal(SWEEP).catch(() => undefined);
    await new Promise(setImmediate);

    world.around = (_port, call) => call();
    for (const age of [61, 122]) {
      world.now = NOON + minutes(at) + seconds(age);
      expect(await heal(SWEEP)).toEqual([DONE]);
    }
    expect([...new Set(world.steps)]).toEqual(once);
    expect(world.head()?.inFlight).toBeUndefined();
    expect(world.head()).toMatchObject({ untold: [] });
  });
});
