import { expect, test } from '@jest/globals';
import type { Scene } from '#cli/drill/failure/may-end.ts';
import { recoveryIn } from '#cli/drill/failure/recovery.ts';
import { aGroup, aGroupState, anInstance, aTarget, NOON } from '#test/support/builders.ts';

type Seen = Readonly<Record<string, string>>;

/** A group with these instances by their lifecycle states, and these targets by theirs. */
const aScene = (instances: Seen, targets: Seen = {}): Scene => ({
  at: NOON,
  group: aGroup(),
  state: aGroupState({
    capacityDesired: 2,
    instances: Object.entries(instances).map(([id, lifecycleState]) =>
      anInstance({ id, lifecycleState }),
    ),
  }),
  targets: Object.entries(targets).map(([id, state]) => aTarget({ id, state, reason: '' })),
  failOpen: {},
  obstacles: [],
});

const BOTH = { 'i-1': 'InService', 'i-2': 'InService' };
const WELL = { 'i-1': 'healthy', 'i-2': 'healthy' };

test.each<readonly [Seen, boolean, string]>([
  [BOTH, false, 'i-1 is InService, 2 of 2 in service'],
  [{ ...BOTH, 'i-1': 'Terminating' }, false, 'i-1 is Terminating, 1 of 2 in service'],
  [{ 'i-2': 'InService' }, false, 'i-1 is gone, 1 of 2 in service'],
  [
    { 'i-2': 'InService', 'i-3': 'Pending' },
    false,
    'i-1 is gone, 1 of 2 in service, i-3 is Pending',
  ],
  [
    { 'i-2': 'InService', 'i-3': 'InService' },
    true,
    'i-1 is gone, 2 of 2 in service, i-3 is in service',
  ],
  [
    { 'i-1': 'Terminating:Wait', 'i-2': 'InService', 'i-3': 'InService' },
    true,
    'i-1 is Terminating:Wait, 2 of 2 in service, i-3 is in service',
  ],
])('a group with %j is whole again: %s', (instances, isWhole, text) => {
  expect(recoveryIn({ ended: 'i-1', before: aScene(BOTH) }, aScene(instances))).toEqual({
    isWhole,
    text,
  });
});

test.each<readonly [Seen, boolean]>([
  [{ 'i-2': 'healthy', 'i-3': 'initial' }, false],
  [{ 'i-2': 'healthy', 'i-3': 'healthy' }, true],
])(
  'a group whose targets are watched is whole when as many are healthy: %j, %s',
  (now, isWhole) => {
    const about = { ended: 'i-1', before: aScene(BOTH, WELL) };
    const instances = { 'i-2': 'InService', 'i-3': 'InService' };

    expect(recoveryIn(about, aScene(instances, now)).isWhole).toBe(isWhole);
  },
);

test('a group that is gone is not whole', () => {
  const { state: _, ...gone } = aScene({});

  expect(recoveryIn({ ended: 'i-1', before: aScene(BOTH) }, gone)).toEqual({
    isWhole: false,
    text: 'the group is gone',
  });
});
