import { describe, expect, test } from '@jest/globals';
import { anOverride, CPU_HIGH, minutes, NOON } from '#test/support/builders.ts';
import { aScaleWorld, request, turn } from '#test/support/scale-world.ts';

const kinds = ({ published }: ReturnType<typeof aScaleWorld>['world']) =>
  published.map(({ kind, reason }) => `${kind} ${reason}`);

describe('an override', () => {
  test('is told before it holds anything, and its end is told too', async () => {
    const { world, scale } = aScaleWorld();
    world.overrides.set('web', anOverride({ until: NOON + minutes(30) }));
    await scale(request('web', 'override'));
    await scale(turn(world, CPU_HIGH));
    world.now = NOON + minutes(31);
    await scale(request('web', 'override'));

    expect(kinds(world)).toEqual([
      'override OverrideSet',
      'held Paused',
      'held Paused',
      'override OverrideEnded',
      'scaled ScaledOut',
    ]);
    expect(world.head()?.announced).toBeUndefined();
  });

  test('whose news could not be published is told by the next evaluation', async () => {
    const { world, scale } = aScaleWorld();
    world.overrides.set('web', anOverride());
    const { around } = world;
    world.around = (port, call) =>
      port === 'publish' ? Promise.reject(new Error('throttled')) : call();
    await scale(request('web', 'override'));
    world.around = around;
    await scale(request('web', 'override'));
    await scale(request('web', 'override'));

    expect(kinds(world)).toEqual(['override OverrideSet', 'held Paused']);
  });

  test('is told along with a change that it asks for', async () => {
    const { world, scale } = aScaleWorld();
    world.overrides.set('web', anOverride({ kind: 'pin', capacity: 7 } as never));
    await scale(request('web', 'override'));

    expect(world.sets).toEqual([{ name: 'web-prod', capacity: 7 }]);
    expect(kinds(world)).toEqual(['override OverrideSet', 'scaled Pinned']);
  });
});
