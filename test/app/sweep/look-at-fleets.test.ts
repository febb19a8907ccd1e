import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { type FleetPorts, lookAtFleets } from '#app/sweep/look-at-fleets.ts';
import { readAllMemberships, writeMembership } from '#aws/dynamodb/memberships.ts';
import type { Fleet, Group } from '#domain/configuration/configuration.ts';
import type { Note } from '#domain/lane/note.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import { createTable } from '#simulator/services/table.ts';
import { aBehavior, aGroup, aGroupState, NOON } from '#test/support/builders.ts';

const WEB: Fleet = {
  name: 'web',
  tags: { tier: 'web' },
  template: { capacity: { min: 1 }, metrics: {}, rules: [], behavior: aBehavior({}) },
};
const BLUE: Fleet = { ...WEB, name: 'blue', tags: { color: 'blue' } };

const listed = (autoScalingGroup: string, tags: GroupState['tags'] = { tier: 'web' }) =>
  aGroupState({ autoScalingGroup, ...(tags === undefined ? {} : { tags }) });

const aWorld = () => {
  const client = createTable() as unknown as DynamoDBClient;
  const world = {
    fleets: [WEB] as readonly Fleet[],
    groups: [] as readonly Group[],
    listing: { isWhole: true, groups: [] as readonly GroupState[] } as Awaited<
      ReturnType<FleetPorts['listGroups']>
    >,
    /** Groups that are there, and that the listing lacks. */
    hidden: [] as readonly GroupState[],
    published: [] as Outcome[],
    notes: [] as Note[],
    broken: [] as string[],
    calls: [] as string[],
  };
  const through = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    world.calls.push(name);
    if (world.broken.includes(name)) throw new Error(`${name} is broken`);
    return work();
  };
  const look = async () => {
    const { groups, fleets } = world;
    const { members, areKnown } = await lookAtFleets({
      configuration: { groups, fleets, alerts: [], channels: [], routes: [] },
      listGroups: () => through('list', async () => world.listing),
      readGroups: (names) =>
        through('ask', async () => {
          const { hidden } = world;
          return new Map(
            hidden
              .filter(({ autoScalingGroup }) => names.includes(autoScalingGroup))
              .map((state) => [state.autoScalingGroup, state]),
          );
        }),
      readAllMemberships: () => through('read', readAllMemberships(client, 'table')),
      writeMembership: (each) =>
        through('write', () => writeMembership(client, 'table', () => NOON)(each)),
      publish: (outcome) => through('publish', async () => void world.published.push(outcome)),
      note: (note) => world.notes.push(note),
      now: () => NOON,
    });
    return { members: members.map(({ name }) => name), areKnown };
  };
  const show = (...groups: readonly GroupState[]): void => {
    world.listing = { isWhole: true, groups };
  };
  return { world, look, show, table: readAllMemberships(client, 'table') };
};

const told = ({ published }: Readonly<{ published: readonly Outcome[] }>) =>
  published.map(({ group, reason }) => `${group} ${reason}`);

describe('a group that carries the tags', () => {
  test('is a member from the first look on, and is told of once', async () => {
    const { world, look, show } = aWorld();
    show(listed('a'), listed('b', {}));
    expect(await look()).toEqual({ members: ['web/a'], areKnown: true });
    expect(await look()).toEqual({ members: ['web/a'], areKnown: true });
    expect(told(world)).toEqual(['web/a JoinedFleet']);
  });

  test('leaves with its tag, and is told of once', async () => {
    const { world, look, show, table } = aWorld();
    show(listed('a'));
    await look();
    show(listed('a', {}));
    expect((await look()).members).toEqual([]);
    expect((await look()).members).toEqual([]);
    expect(told(world)).toEqual(['web/a JoinedFleet', 'web/a LeftFleet']);
    expect(await table()).toMatchObject([{ fleets: [], untold: [] }]);
  });

  test('stays while a page of the listing fails, which is noted', async () => {
    const { world, look, show } = aWorld();
    show(listed('a'));
    await look();
    world.listing = { isWhole: false, groups: [], error: new Error('Rate exceeded') };
    expect((await look()).members).toEqual(['web/a']);
    expect(told(world)).toEqual(['web/a JoinedFleet']);
    expect(world.notes).toEqual([
      { kind: 'look-failed', group: 'the members of fleets', error: new Error('Rate exceeded') },
    ]);
  });

  test('stays when the listing lacks it, and asked for by name it is there', async () => {
    const { world, look, show } = aWorld();
    show(listed('a'));
    await look();
    show();
    world.hidden = [listed('a')];
    expect((await look()).members).toEqual(['web/a']);
    world.broken = ['ask'];
    world.hidden = [];
    expect((await look()).members).toEqual(['web/a']);
    world.broken = [];
    expect((await look()).members).toEqual([]);
    expect(told(world)).toEqual(['web/a JoinedFleet', 'web/a LeftFleet']);
  });

  test('leaves when the file names it', async () => {
    const { world, look, show } = aWorld();
    show(listed('a'));
    await look();
    world.groups = [aGroup({ autoScalingGroup: 'a' })];
    expect((await look()).members).toEqual([]);
    expect(told(world)).toEqual(['web/a JoinedFleet', 'web/a LeftFleet']);
  });

  test('is nobody while two fleets select it', async () => {
    const { world, look, show } = aWorld();
    world.fleets = [WEB, BLUE];
    show(listed('a', { tier: 'web', color: 'blue' }));
    expect((await look()).members).toEqual([]);
    show(listed('a', { color: 'blue' }));
    expect((await look()).members).toEqual(['blue/a']);
    expect(told(world)).toEqual(['web/a FleetsContested', 'blue/a JoinedFleet']);
  });
});

describe('what goes wrong', () => {
  test('news that cannot be published is told at the next look', async () => {
    const { world, look, show } = aWorld();
    show(listed('a'));
    world.broken = ['publish'];
    expect((await look()).members).toEqual(['web/a']);
    expect(world.notes).toMatchObject([{ kind: 'telling-failed', decisionId: 'web/a-joined' }]);
    world.broken = [];
    await look();
    await look();
    expect(told(world)).toEqual(['web/a JoinedFleet']);
  });

  test('a group that cannot be written down joins at the next look', async () => {
    const { world, look, show } = aWorld();
    show(listed('a'));
    world.broken = ['write'];
    expect((await look()).members).toEqual([]);
    expect(told(world)).toEqual([]);
    world.broken = [];
    expect((await look()).members).toEqual(['web/a']);
  });

  test('a member whose leaving cannot be written down is left alone all the same', async () => {
    const { world, look, show } = aWorld();
    show(listed('a'));
    await look();
    show();
    world.broken = ['write'];
    expect((await look()).members).toEqual([]);
    expect(told(world)).toEqual(['web/a JoinedFleet']);
  });

  test('without the table nobody is a member, for one look', async () => {
    const { world, look, show } = aWorld();
    show(listed('a'));
    await look();
    world.broken = ['read'];
    expect(await look()).toEqual({ members: [], areKnown: false });
    world.broken = [];
    expect((await look()).members).toEqual(['web/a']);
    expect(told(world)).toEqual(['web/a JoinedFleet']);
  });

  test('two sweeps at once tell of a group once', async () => {
    const { world, look, show } = aWorld();
    show(listed('a'));
    await Promise.all([look(), look()]);
    expect(new Set(told(world))).toEqual(new Set(['web/a JoinedFleet']));
    expect(new Set(world.published.map(({ at, decisionId }) => `${decisionId} ${at}`)).size).toBe(
      1,
    );
  });
});

test('without fleets nothing is asked for', async () => {
  const { world, look } = aWorld();
  world.fleets = [];
  expect(await look()).toEqual({ members: [], areKnown: true });
  expect(world.calls).toEqual([]);
});

test('a hundred groups join in one look', async () => {
  const { world, look, show } = aWorld();
  show(...Array.from({ length: 100 }, (_, index) => listed(`group-${index}`)));
  expect((await look()).members.length).toBe(100);
  expect(world.published.length).toBe(100);
});
