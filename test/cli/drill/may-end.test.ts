import { describe, expect, test } from '@jest/globals';
import { mayEnd, type Scene } from '#cli/drill/failure/may-end.ts';
import type { Health } from '#domain/configuration/configuration.ts';
import type { Override } from '#domain/ledger/override.ts';
import type { GroupState, Instance } from '#domain/observed/group-state.ts';
import {
  aGroup,
  aGroupState,
  aHealth,
  anInstance,
  aTarget,
  minutes,
  NOON,
} from '#test/support/builders.ts';

/** So many instances that serve, in two zones by turns. */
const serving = (count: number, change: Partial<Instance> = {}): readonly Instance[] =>
  Array.from({ length: count }, (_, index) =>
    anInstance({ id: `i-${index + 1}`, availabilityZone: index % 2 === 0 ? 'a' : 'b', ...change }),
  );

type Change = Readonly<{
  state?: Partial<GroupState>;
  instances?: readonly Instance[];
  health?: Partial<Health>;
  scene?: Partial<Scene>;
}>;

/** A whole group of four, of which two must remain, and what differs. */
const aScene = ({ state, instances = serving(4), health, scene }: Change = {}): Scene => ({
  at: NOON,
  group: aGroup({
    capacity: { min: 2, max: 10 },
    ...(health === undefined ? {} : { health: aHealth(health) }),
  }),
  state: aGroupState({
    capacityMin: 1,
    capacityDesired: instances.length,
    instances,
    ...state,
  }),
  targets:
    health === undefined
      ? []
      : instances.map(({ id }) => aTarget({ id, state: 'healthy', reason: '' })),
  failOpen: {},
  obstacles: [],
  ...scene,
});

/** The instance that may be ended, or the reason why nobody is. */
const ended = (change: Change, id?: string): string => {
  const answer = mayEnd(aScene(change), id);
  return answer.kind === 'may' ? answer.instance.id : answer.why;
};

const PAUSE: Override = {
  id: 'web-pause',
  kind: 'pause',
  by: 'ann',
  reason: 'moving',
  since: NOON,
  until: NOON + minutes(60),
};

test('one of the fullest zone may be ended where the group is whole and enough remain', () => {
  expect(mayEnd(aScene({ instances: serving(5) }))).toEqual({
    kind: 'may',
    instance: expect.objectContaining({ id: 'i-1', availabilityZone: 'a' }),
    inService: 5,
    needed: 2,
  });
  expect(ended({ instances: serving(5).slice(1) })).toBe('i-2');
});

test('the one that is named may be', () => {
  expect(ended({}, 'i-3')).toBe('i-3');
});

describe('the floor', () => {
  test.each([
    { title: 'the minimum of tidegate.yml', of: 3, says: 'i-1' },
    {
      title: 'the minimum of tidegate.yml',
      of: 2,
      says: '1 of 2 instances of web would remain in service, and its minimum is 2',
    },
  ])('of a group without health is $title: with $of, $says', ({ of, says }) => {
    expect(ended({ instances: serving(of) })).toBe(says);
  });

  test.each([
    { capacityMin: 3, says: 'i-1' },
    {
      capacityMin: 4,
      says: '3 of 4 instances of web would remain in service, and its minimum is 4',
    },
  ])('is the MinSize where that is larger: $capacityMin', ({ capacityMin, says }) => {
    expect(ended({ state: { capacityMin } })).toBe(says);
  });

  test('is one at least', () => {
    const group = aGroup({ capacity: { min: 0 } });
    const state = { capacityMin: 0 };

    expect(ended({ instances: serving(1), state, scene: { group } })).toBe(
      '0 of 1 instances of web would remain in service, and its minimum is 1',
    );
    expect(ended({ instances: serving(2), state, scene: { group } })).toBe('i-1');
  });

  test.each([
    { health: { floorPercent: 75, floorCount: 1 }, says: 'i-1' },
    {
      health: { floorPercent: 76, floorCount: 1 },
      says: '3 of 4 instances of web would remain in service, and the floor of its health is 4',
    },
    { health: { floorPercent: 1, floorCount: 3 }, says: 'i-1' },
    {
      health: { floorPercent: 1, floorCount: 4 },
      says: '3 of 4 instances of web would remain in service, and the floor of its health is 4',
    },
  ])('of a group with health is that of its health: $health', ({ health, says }) => {
    expect(ended({ health })).toBe(says);
  });

  test('is also what the load balancer needs not to send traffic to the sick', () => {
    const [{ targetGroupArn }] = [aTarget()];
    const failOpen = (count: number) => ({ [targetGroupArn]: { count, percent: 0 } });
    const health = { floorPercent: 50, floorCount: 1 };

    expect(ended({ health, scene: { failOpen: failOpen(3) } })).toBe('i-1');
    expect(ended({ health, scene: { failOpen: failOpen(4) } })).toBe(
      'web: 3 of 4 targets would be healthy, and the load balancer sends traffic to the unhealthy ones, too, below 4',
    );
  });
});

describe('nobody is ended', () => {
  const [one] = serving(1) as readonly [Instance];
  const rest = serving(4).slice(1);

  test.each<readonly [string, Change, string]>([
    ['that is being deleted', { state: { isBeingDeleted: true } }, 'web is being deleted'],
    [
      'without the tag',
      { state: { isManaged: false, optIn: { wanted: 'tidegate-dev' } } },
      'web lacks the tag tidegate:managed=tidegate-dev',
    ],
    [
      'that is paused',
      { scene: { override: PAUSE } },
      'web: it is paused by ann until 2026-03-02 10:00 UTC: moving',
    ],
    [
      'that is paused in AWS',
      { state: { suspendedProcesses: ['AlarmNotification'] } },
      'web: its process AlarmNotification is suspended, which pauses Tidegate',
    ],
    [
      'whose launches are suspended',
      { state: { suspendedProcesses: ['Launch'] } },
      'the process Launch of web is suspended',
    ],
    [
      'whose ends are suspended',
      { state: { suspendedProcesses: ['Terminate'] } },
      'the process Terminate of web is suspended',
    ],
    [
      'during an instance refresh',
      { scene: { obstacles: [{ reason: 'InstanceRefreshActive', detail: 'a refresh is on' }] } },
      'web: a refresh is on',
    ],
    [
      'that lacks a unit',
      { state: { capacityDesired: 5 } },
      'web is not whole: 4 of 5 units are in service',
    ],
    [
      'with an instance that is marked',
      { instances: [{ ...one, isHealthy: false }, ...rest] },
      'web is not whole: 1 of its instances are marked unhealthy',
    ],
    [
      'with a target that is not well',
      { health: {}, scene: { targets: [aTarget({ id: 'i-1', state: 'initial', reason: '' })] } },
      'web is not whole: 1 of its 1 targets are not healthy',
    ],
    [
      'with health and without targets',
      { health: {}, scene: { targets: [] } },
      'web is not whole: AWS shows none of its targets',
    ],
    [
      'of which all are protected',
      { instances: serving(4, { isProtected: true }) },
      'no instance of web-prod is in service, healthy and free of scale-in protection',
    ],
  ])('of a group %s', (_title, change, says) => {
    expect(ended(change)).toBe(says);
  });

  test('of a group that AWS does not know', () => {
    const { state: _, ...scene } = aScene();

    expect(mayEnd(scene)).toMatchObject({
      kind: 'refused',
      why: 'AWS knows no Auto Scaling group named web-prod in this Region',
    });
  });

  test.each([
    ['i-9', {}, 'web-prod has no instance i-9'],
    ['i-1', { isProtected: true }, 'i-1 is protected from scale-in'],
    ['i-1', { lifecycleState: 'Standby' }, 'i-1 is Standby, and not InService'],
  ])('named %s that is %j', (id, change, says) => {
    const instances = [{ ...one, ...change }, ...rest];

    expect(ended({ instances, state: { capacityDesired: 3 } }, id)).toBe(says);
  });

  test('by a pause that is over', () => {
    expect(ended({ scene: { override: PAUSE, at: PAUSE.until } })).toBe('i-1');
    expect(ended({ scene: { override: { ...PAUSE, kind: 'pin', capacity: 4 } } })).toBe('i-1');
  });
});

test('what to do about the floor is a command that ends by itself', () => {
  expect(mayEnd(aScene({ instances: serving(2) }))).toMatchObject({
    help: 'add one for the drill: tidegate pin web 3 --for 30m --reason "a drill"',
  });
});
