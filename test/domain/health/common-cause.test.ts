import { describe, expect, test } from '@jest/globals';
import { findCommonCause } from '#domain/health/common-cause.ts';
import { decideRemovals } from '#domain/health/decide-removals.ts';
import type { Instance } from '#domain/observed/group-state.ts';
import {
  aFailingTarget,
  aGroupState,
  aHealthObservation,
  anInstance,
  aTarget,
} from '#test/support/builders.ts';

const OLD: Partial<Instance> = {
  availabilityZone: 'us-east-1a',
  instanceType: 'm7g.large',
  launchTemplateVersion: '41',
};
/** The first two of four fail. */
const common = (sick: Partial<Instance>, healthy: Partial<Instance>, second = sick) =>
  findCommonCause(
    aGroupState({
      instances: [
        anInstance({ ...OLD, ...sick, id: 'i-1' }),
        anInstance({ ...OLD, ...second, id: 'i-2' }),
        anInstance({ ...OLD, ...healthy, id: 'i-3' }),
        anInstance({ ...OLD, ...healthy, id: 'i-4' }),
      ],
    }),
    [
      ...[aFailingTarget('i-1'), { ...aFailingTarget('i-2'), reason: 'Target.Timeout' }],
      ...[aTarget({ id: 'i-3' }), aTarget({ id: 'i-4' })],
    ],
  );

describe('what failing targets have in common', () => {
  test.each([
    {
      sick: { availabilityZone: 'us-east-1b' },
      says: 'all of them are in us-east-1b',
    },
    {
      sick: { launchTemplateVersion: '42' },
      says: 'all of them have version 42 of the launch template',
    },
    { sick: { instanceType: 'c7g.large' }, says: 'all of them are of the type c7g.large' },
    {
      sick: { launchTemplateVersion: '42', availabilityZone: 'us-east-1b' },
      says: 'all of them are in us-east-1b and have version 42 of the launch template',
    },
  ])('is said when no healthy one has it: $says', ({ sick, says }) => {
    expect(common(sick, {})).toBe(says);
  });

  test('is nothing when healthy ones have it too, or not all have it', () => {
    expect(common({}, {})).toBeUndefined();
    expect(common({ launchTemplateVersion: '42' }, {}, { launchTemplateVersion: '43' })).toBe(
      undefined,
    );
  });

  test('is nothing that AWS does not tell', () => {
    const untold = { instanceType: undefined, launchTemplateVersion: undefined };
    expect(common(untold as never, {})).toBeUndefined();
  });

  test('is the reason when it is the same', () => {
    const { state } = aHealthObservation();
    const targets = [aFailingTarget('i-1'), aFailingTarget('i-2'), aTarget({ id: 'i-3' })];

    expect(state && findCommonCause(state, targets)).toBe(
      'all of them fail with Target.FailedHealthChecks',
    );
  });

  test('is no trait while none is healthy, or while one is no member of the group', () => {
    const state = aGroupState({ capacityDesired: 2 });
    const reason = 'all of them fail with Target.FailedHealthChecks';

    expect(findCommonCause(state, [aFailingTarget('i-1'), aFailingTarget('i-2')])).toBe(reason);
    expect(
      findCommonCause(state, [
        aFailingTarget('i-1'),
        aFailingTarget('10.0.0.1'),
        aTarget({ id: 'i-2' }),
      ]),
    ).toBe(reason);
  });

  test('is nothing when only one fails', () => {
    const state = aGroupState({ capacityDesired: 2 });

    expect(findCommonCause(state, [aFailingTarget('i-1'), aTarget({ id: 'i-2' })])).toBeUndefined();
  });

  test('stands in the sentence that people read', () => {
    const failing = { 'i-1': 200, 'i-2': 200, 'i-3': 200, 'i-4': 200 };

    expect(decideRemovals(aHealthObservation(failing)).summary).toBe(
      'web keeps its targets: 4 of 10 targets are unhealthy, more than 30 %: the cause is common ' +
        '(all of them fail with Target.FailedHealthChecks), nothing is touched',
    );
  });
});
