import { describe, expect, test } from '@jest/globals';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import { heldHead, isWorthKeeping } from '#domain/capacity/next-scale-head.ts';
import type { GroupObservation } from '#domain/capacity/observation.ts';
import {
  comingInstances,
  MOST_REMEMBERED,
  nextPending,
  stuckInstances,
  stuckNews,
  stuckUnits,
} from '#domain/capacity/stuck-instances.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import type { Instance } from '#domain/observed/group-state.ts';
import {
  aBehavior,
  aGroup,
  aGroupState,
  anInstance,
  anObservation,
  aScaleHead,
  CPU_HIGH,
  CPU_LOW,
  firing,
  minutes,
  NOON,
  seconds,
  someInstances,
} from '#test/support/builders.ts';

const waiting = (id: string, overrides: Partial<Instance> = {}): Instance =>
  anInstance({ id, lifecycleState: 'Pending:Wait', ...overrides });

type Scene = Readonly<{
  waits: readonly Instance[];
  head?: Partial<ScaleHead>;
  warmupSeconds?: number;
}>;

const observe = ({ waits, head = {}, warmupSeconds = 0 }: Scene): GroupObservation =>
  anObservation({
    group: aGroup({ behavior: aBehavior({ warmupSeconds }) }),
    state: aGroupState({ instances: [...someInstances(3), ...waits] }),
    head: aScaleHead(head),
  });

const since = (ago: number, ...ids: readonly string[]) => ({
  pendingSince: Object.fromEntries(ids.map((id) => [id, NOON - seconds(ago)])),
});

const ids = (instances: readonly Instance[]) => instances.map(({ id }) => id);

describe('an instance on its way', () => {
  test.each([
    { title: 'that nobody has seen before', head: {}, isStuck: false },
    { title: 'for 15 minutes but a second', head: since(899, 'i-9'), isStuck: false },
    { title: 'for 15 minutes', head: since(900, 'i-9'), isStuck: true },
    {
      title: 'for longer, within the warm-up',
      head: since(1_199, 'i-9'),
      warmupSeconds: 1_200,
      isStuck: false,
    },
    {
      title: 'for as long as the warm-up',
      head: since(1_200, 'i-9'),
      warmupSeconds: 1_200,
      isStuck: true,
    },
    { title: 'since a time that is still to come', head: since(-600, 'i-9'), isStuck: false },
    { title: 'while others are remembered', head: since(900, 'i-8'), isStuck: false },
  ])('$title is stuck: $isStuck', ({ isStuck, ...scene }) => {
    const observation = observe({ ...scene, waits: [waiting('i-9')] });

    expect(ids(stuckInstances(observation))).toEqual(isStuck ? ['i-9'] : []);
    expect(ids(comingInstances(observation))).toEqual(isStuck ? [] : ['i-9']);
  });

  test('counts with its units when it is stuck', () => {
    const waits = [waiting('i-8', { weight: 3 }), waiting('i-9', { weight: 4 })];

    expect(stuckUnits(observe({ waits, head: since(900, 'i-9') }))).toBe(4);
  });

  test('of a group that is gone there is none', () => {
    const { state: _state, ...gone } = observe({ waits: [] });

    expect(nextPending(gone)).toEqual({});
  });
});

describe('what is remembered of instances on their way', () => {
  test('is since when each is', () => {
    const head = since(60, 'i-8', 'i-1');

    expect(nextPending(observe({ waits: [waiting('i-9'), waiting('i-8')], head }))).toEqual({
      pendingSince: { 'i-8': NOON - seconds(60), 'i-9': NOON },
    });
  });

  test('is in the order of their ids when they set out at once', () => {
    const { pendingSince = {} } = nextPending(
      observe({ waits: [waiting('i-8'), waiting('i-9'), waiting('i-7')] }),
    );

    expect(Object.keys(pendingSince)).toEqual(['i-7', 'i-8', 'i-9']);
  });

  test('is nothing when all have arrived', () => {
    expect(nextPending(observe({ waits: [], head: since(60, 'i-1') }))).toEqual({});
  });

  test('begins with the first look that knows a clock which is not ahead', () => {
    expect(nextPending(observe({ waits: [waiting('i-9')], head: since(-600, 'i-9') }))).toEqual({
      pendingSince: { 'i-9': NOON },
    });
  });

  const crowd = (count: number): readonly Instance[] =>
    Array.from({ length: count }, (_, index) => waiting(`i-${1_000 + index}`));

  test.each([
    [MOST_REMEMBERED - 1, MOST_REMEMBERED - 1],
    [MOST_REMEMBERED, MOST_REMEMBERED],
    [MOST_REMEMBERED + 1, MOST_REMEMBERED],
    [2_000, MOST_REMEMBERED],
  ])('is of %d instances no more than %d', (count, remembered) => {
    const { pendingSince = {} } = nextPending(observe({ waits: crowd(count) }));

    expect(Object.keys(pendingSince)).toEqual(ids(crowd(remembered)));
  });

  test('is the oldest of them', () => {
    const head = since(60, 'i-2999');
    const { pendingSince = {} } = nextPending(observe({ waits: crowd(2_000), head }));

    expect(pendingSince['i-2999']).toBe(NOON - seconds(60));
    expect(Object.keys(pendingSince)).toHaveLength(MOST_REMEMBERED);
  });

  test('says of those beyond the limit that they are as old as the youngest remembered', () => {
    const full = crowd(MOST_REMEMBERED);
    const waits = [...full, waiting('i-9')];
    const stuckAfter = (ago: number) =>
      stuckInstances(observe({ waits, head: since(ago, ...ids(full)) })).length;

    expect([stuckAfter(899), stuckAfter(900)]).toEqual([0, MOST_REMEMBERED + 1]);
  });

  test.each([
    { title: 'sets out', waits: ['i-9'], head: {}, isNews: true },
    { title: 'arrives', waits: [], head: since(60, 'i-9'), isNews: true },
    { title: 'follows another one', waits: ['i-9'], head: since(60, 'i-8'), isNews: true },
    { title: 'is still on its way', waits: ['i-9'], head: since(60, 'i-9'), isNews: false },
    { title: 'gets stuck', waits: ['i-9'], head: since(900, 'i-9'), isNews: true },
    {
      title: 'is stuck, which was told',
      waits: ['i-9'],
      head: { ...since(960, 'i-9'), stuckTold: NOON - seconds(60) },
      isNews: false,
    },
    {
      title: 'is stuck no longer',
      waits: [],
      head: { ...since(960, 'i-9'), stuckTold: NOON - seconds(60) },
      isNews: true,
    },
  ])('is written when one $title: $isNews', ({ waits, head, isNews }) => {
    const observation = observe({ waits: waits.map((id) => waiting(id)), head });

    expect(isWorthKeeping(observation, decideCapacity(observation))).toBe(isNews);
  });
});

describe('people', () => {
  const told = { stuckTold: NOON - seconds(60) };
  const common = {
    schemaVersion: 1,
    group: 'web',
    autoScalingGroup: 'web-prod',
    at: NOON,
  };

  test('are told once of an instance that is stuck', () => {
    const waits = [waiting('i-9')];
    const observation = observe({ waits, head: { ...since(900, 'i-9'), version: 6 } });

    expect(stuckNews(observation)).toEqual([
      {
        ...common,
        kind: 'blocked',
        decisionId: 'web-stuck-7',
        reason: 'InstancesStuck',
        summary:
          'web: i-9 (Pending:Wait) has been on the way to service for more than 15 min, so scale-in no longer waits for it. A lifecycle hook has had no answer: see what should give it, complete it with "aws autoscaling complete-lifecycle-action", or terminate the instance',
      },
    ]);
    const head = heldHead(observation, decideCapacity(observation));
    expect(head.untold).toEqual(stuckNews(observation).map((news) => ({ ...news, wishes: [] })));
    expect(head.stuckTold).toBe(NOON);
    expect(stuckNews({ ...observation, head })).toEqual([]);
  });

  test('are told when none is stuck any more', () => {
    const observation = observe({ waits: [], head: { ...since(960, 'i-9'), ...told, version: 6 } });

    expect(stuckNews(observation)).toEqual([
      {
        ...common,
        kind: 'held',
        decisionId: 'web-unstuck-7',
        reason: 'Steady',
        summary: 'web has no stuck instance any more',
      },
    ]);
    expect(heldHead(observation, decideCapacity(observation)).stuckTold).toBeUndefined();
  });

  test.each([
    { count: 3, names: 'i-1000 (Pending), i-1001 (Pending), i-1002 (Pending) have' },
    { count: 4, names: 'i-1000 (Pending), i-1001 (Pending), i-1002 (Pending) and 1 more have' },
  ])('read the names of three of $count at most', ({ count, names }) => {
    const waits = Array.from({ length: count }, (_, index) =>
      waiting(`i-${1_000 + index}`, { lifecycleState: 'Pending' }),
    );
    const [news] = stuckNews(observe({ waits, head: since(900, ...ids(waits)) }));

    expect(news?.summary).toContain(`web: ${names} been on the way`);
    expect(news?.summary).toMatch(/terminate it if it does not come up$/);
  });

  test.each([
    { lifecycleState: 'Quarantined', named: 'i-9 (Quarantined)' },
    { lifecycleState: '', named: 'i-9 (no state)' },
  ])('are told of a state that nobody knows: $named', ({ lifecycleState, named }) => {
    const waits = [waiting('i-9', { lifecycleState })];
    const [news] = stuckNews(observe({ waits, head: since(900, 'i-9') }));

    expect(news?.summary).toContain(named);
    expect(news?.summary).toMatch(/does not know this state/);
  });
});

describe('a scale-in', () => {
  const fleet = (count: number, pending: number, head: Partial<ScaleHead> = {}) =>
    firing(CPU_LOW, {
      group: aGroup({
        capacity: { min: 1, max: 600 },
        rules: [
          CPU_HIGH,
          { ...CPU_LOW, adjustment: { kind: 'remove', amount: 10, unit: 'percent' } },
        ],
      }),
      state: aGroupState({
        capacityMax: 600,
        capacityDesired: count,
        instances: someInstances(count, pending),
      }),
      head: aScaleHead(head),
      obstacles: [],
    });

  test.each([
    { count: 500, pending: 0, to: 450, reason: 'ScaledIn' },
    { count: 500, pending: 1, to: 451, reason: 'ScaledIn' },
    { count: 500, pending: 49, to: 499, reason: 'ScaledIn' },
    { count: 500, pending: 50, to: 500, reason: 'InstancesPending' },
    { count: 10, pending: 1, to: 10, reason: 'InstancesPending' },
  ])('of $count with $pending pending goes to $to', ({ count, pending, to, reason }) => {
    expect(decideCapacity(fleet(count, pending))).toMatchObject({ to, reason });
  });

  test('that asks for less than the bounds allow leaves the least of them in service', () => {
    const observation = fleet(10, 1);
    const group = { ...observation.group, capacity: { min: 9 } };

    expect(decideCapacity({ ...observation, group })).toMatchObject({
      to: 10,
      reason: 'InstancesPending',
    });
  });

  test('waits for an instance for a while, and then no longer', () => {
    const at = (ago: number) => decideCapacity(fleet(10, 1, since(ago, 'i-1')));

    expect(at(899)).toMatchObject({ to: 10, reason: 'InstancesPending' });
    expect(at(900)).toMatchObject({ to: 9, reason: 'ScaledIn' });
  });

  test('that is bent says by what', () => {
    expect(decideCapacity(fleet(500, 1)).summary).toMatch(/; 1 instance is pending, so 451 stay$/);
  });

  test('leaves as much in service as was asked for, with what we have just added', () => {
    const changes = [{ at: NOON - minutes(2), from: 480, to: 500 }];
    const observation = fleet(500, 0, { changes });
    const behavior = aBehavior({ warmupSeconds: 300 });

    expect(
      decideCapacity({ ...observation, group: { ...observation.group, behavior } }),
    ).toMatchObject({ to: 470, reason: 'ScaledIn' });
  });
});

test('an addition does not wait for an instance that is stuck', () => {
  const observation = firing(CPU_HIGH, {
    state: aGroupState({ instances: someInstances(4, 2) }),
    head: aScaleHead(since(900, 'i-1', 'i-2')),
  });

  expect(decideCapacity(observation)).toMatchObject({ to: 6, reason: 'ScaledOut' });
});
