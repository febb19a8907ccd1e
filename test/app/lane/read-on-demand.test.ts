import { describe, expect, test } from '@jest/globals';
import { aGroupState, CPU_HIGH, CPU_LOW, minutes, NOON } from '#test/support/builders.ts';
import { aHealWorld } from '#test/support/heal-world.ts';
import { aScaleWorld, request, turn } from '#test/support/scale-world.ts';

const REFRESH = { reason: 'InstanceRefreshActive', detail: 'a refresh' } as const;

describe('a second look at a group', () => {
  test('is taken before a removal, and what it finds is recorded', async () => {
    const { world, scale } = aScaleWorld();
    world.obstacles = [REFRESH];
    await scale(turn(world, CPU_LOW));

    expect(world.calls.filter((call) => call.startsWith('readO'))).toHaveLength(1);
    expect(world.sets).toEqual([]);
    expect(world.ledger.entries).toMatchObject([
      { decision: { reason: 'InstanceRefreshActive' }, observation: { obstacles: [REFRESH] } },
    ]);
  });

  test('is not taken before an addition', async () => {
    const { world, scale } = aScaleWorld();
    await scale(turn(world, CPU_HIGH));

    expect(world.calls).not.toContain('readObstacles');
    expect(world.calls).not.toContain('readActivities');
  });

  test('that fails lets nothing be removed', async () => {
    const { world, scale } = aScaleWorld();
    world.around = (port, call) =>
      port === 'readObstacles' ? Promise.reject(new Error('throttled')) : call();
    const [disposition] = await scale(turn(world, CPU_LOW));

    expect(disposition?.kind).toBe('retry');
    expect(world.sets).toEqual([]);
  });

  test('asks the activities who else changed the group', async () => {
    const { world, scale } = aScaleWorld();
    await scale(turn(world, CPU_HIGH));
    turn(world, CPU_HIGH, 'OK');
    world.now = NOON + minutes(10);
    world.change('web-prod', { capacityDesired: 3 });
    const cause = 'a user request … changing the desired capacity from 6 to 3.';
    world.activities = [{ at: world.now, isFailed: false, cause, message: '' }];
    await scale(request('web', 'changed-by-others'));

    expect(world.published.map(({ kind }) => kind)).toContain('foreign');
    expect(world.published.find(({ kind }) => kind === 'foreign')?.summary).toBe(
      'web was set from 6 to 3 by a call of SetDesiredCapacity that was not ours',
    );
  });

  test('tells of the change without its author when the activities cannot be read', async () => {
    const { world, scale } = aScaleWorld();
    await scale(turn(world, CPU_HIGH));
    turn(world, CPU_HIGH, 'OK');
    world.now = NOON + minutes(10);
    world.change('web-prod', { capacityDesired: 3 });
    world.around = (port, call) =>
      port === 'readActivities' ? Promise.reject(new Error('denied')) : call();
    await scale(request('web', 'changed-by-others'));

    expect(world.published.find(({ kind }) => kind === 'foreign')?.summary).toBe(
      'web was set from 6 to 3 by somebody else',
    );
    expect(world.notesOf('look-failed').map(({ error }) => error.message)).toEqual(['denied']);
  });
});

describe('a second look at targets', () => {
  test('is taken before one is touched', async () => {
    const { world, heal } = aHealWorld();
    world.obstacles = [REFRESH];
    world.fail('i-3');
    await heal({ kind: 'evaluate', group: 'web', cause: 'targets-unhealthy' });
    expect(world.calls).not.toContain('readObstacles');

    world.now = NOON + minutes(3);
    await heal({ kind: 'evaluate', group: 'web', cause: 'targets-unhealthy' });
    expect(world.calls).toContain('readObstacles');
    expect(world.steps).toEqual([]);
  });

  test('is not taken at a group that is gone', async () => {
    const { world, heal } = aHealWorld();
    world.fail('i-3');
    await heal({ kind: 'evaluate', group: 'web', cause: 'targets-unhealthy' });
    world.state = undefined;
    world.now = NOON + minutes(3);
    await heal({ kind: 'evaluate', group: 'web', cause: 'targets-unhealthy' });

    expect(world.calls).not.toContain('readObstacles');
  });

  test('asks who is new, when the group has a grace period', async () => {
    const { world, heal } = aHealWorld();
    world.state = aGroupState({ capacityDesired: 10, graceSeconds: 300 });
    world.launches = { 'i-3': NOON };
    world.fail('i-3');
    await heal({ kind: 'evaluate', group: 'web', cause: 'targets-unhealthy' });
    world.now = NOON + minutes(3);
    await heal({ kind: 'evaluate', group: 'web', cause: 'targets-unhealthy' });
    expect({ steps: world.steps, asked: world.calls.includes('readLaunches') }).toEqual({
      steps: [],
      asked: true,
    });

    world.now = NOON + minutes(6);
    await heal({ kind: 'evaluate', group: 'web', cause: 'targets-unhealthy' });
    expect(world.steps).toEqual(['deregister i-3', 'mark unhealthy i-3']);
  });
});
