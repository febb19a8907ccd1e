import { describe, expect, test } from '@jest/globals';
import { keyOfRegistration } from '#domain/health/health-observation.ts';
import { newHealHead, type Probation } from '#domain/ledger/head.ts';
import type { Answer } from '#domain/ledger/outcome.ts';
import { minutes, NOON, TARGET_GROUP_ARN } from '#test/support/builders.ts';
import { aHealWorld } from '#test/support/heal-world.ts';
import { request } from '#test/support/scale-world.ts';

const SWEEP = request('web', 'targets-out');
const GONE: Answer = { kind: 'refused', reason: 'TargetGone', detail: 'terminated' };
const APPLIED: Answer = { kind: 'applied' };
const out = (index: number): Probation => ({
  targetGroupArn: TARGET_GROUP_ARN,
  targetId: `i-out-${index}`,
  port: 80,
  seconds: 600,
  until: NOON - minutes(10 - index),
});
const keyAt = (index: number): string => keyOfRegistration(out(index));

/** A group whose three targets were out for long enough, and AWS's answers when they are registered. */
const aGroupWithThreeOut = async (...answers: readonly Answer[]) => {
  const both = aHealWorld({
    action: 'deregister',
    pace: { targets: 3, percent: 10, perSeconds: 3_600 },
  });
  const probations = Object.fromEntries([0, 1, 2].map((index) => [keyAt(index), out(index)]));
  await both.world.ledger.write('web', { ...newHealHead, version: 1, probations });
  both.world.answers.push(...answers);
  await both.heal(SWEEP);
  return both;
};

describe('a target that is gone when it should be tried again', () => {
  test('holds up no other', async () => {
    const { world, heal } = await aGroupWithThreeOut(GONE, APPLIED, GONE);

    expect(world.steps).toEqual(['register i-out-0', 'register i-out-1', 'register i-out-2']);
    const { probations, inFlight } = world.head() ?? newHealHead;
    expect(inFlight).toBeUndefined();
    expect(probations[keyAt(0)]).toMatchObject({ isGone: true, refusals: 1 });
    expect(probations[keyAt(1)]).toMatchObject({ returnedAt: NOON });
    expect(probations[keyAt(2)]).toMatchObject({ isGone: true, refusals: 1 });
    expect(world.published.at(-1)?.targets).toEqual(['i-out-1:80']);

    world.now += minutes(1);
    await heal(SWEEP);
    expect(Object.keys(world.head()?.probations ?? {})).toEqual([keyAt(1)]);
  });

  test('is forgotten with the others when all are gone', async () => {
    const { world, heal } = await aGroupWithThreeOut(GONE, GONE, GONE);

    expect(Object.values(world.head()?.probations ?? {})).toEqual(
      [0, 1, 2].map((index) =>
        expect.objectContaining({
          ...out(index),
          until: expect.any(Number),
          isGone: true,
          refusals: 1,
        }),
      ),
    );
    world.now += minutes(1);
    await heal(SWEEP);
    expect(world.head()?.probations).toEqual({});
    expect(world.steps).toHaveLength(3);
  });

  test('ends nothing that a later refusal ends: what was not asked for has its turn yet', async () => {
    const denied: Answer = { kind: 'refused', reason: 'AccessDenied', detail: 'no' };
    const { world } = await aGroupWithThreeOut(GONE, denied);

    expect(world.steps).toEqual(['register i-out-0', 'register i-out-1']);
    const { probations, inFlight } = world.head() ?? newHealHead;
    expect(inFlight).toBeUndefined();
    expect(probations[keyAt(0)]).toMatchObject({ isGone: true, refusals: 1 });
    expect(probations[keyAt(1)]).toEqual({ ...out(1), until: NOON + minutes(1), refusals: 1 });
    expect(probations[keyAt(2)]).toEqual(out(2));
  });
});
