import { describe, expect, test } from '@jest/globals';
import type { Fleet } from '#domain/configuration/configuration.ts';
import { memberOf } from '#domain/configuration/fleet.ts';
import {
  isForgotten,
  type KeptMembership,
  MOST_CHANGED_IN_A_LOOK,
  memberGroups,
  outcomeOfMembership,
  writesOf,
} from '#domain/sweep/kept-membership.ts';
import { aBehavior, aGroup, NOON } from '#test/support/builders.ts';

const FLEET: Fleet = {
  name: 'web',
  tags: { tier: 'web', env: 'prod' },
  template: { capacity: {}, metrics: {}, rules: [], behavior: aBehavior({}) },
};

const kept = (autoScalingGroup: string, overrides: Partial<KeptMembership> = {}) => ({
  autoScalingGroup,
  fleets: ['web'],
  version: 3,
  untold: [],
  ...overrides,
});
const joined = (autoScalingGroup: string) =>
  ({ kind: 'joined', autoScalingGroup, fleet: 'web' }) as const;
const leaving = (autoScalingGroup: string) =>
  ({ kind: 'left', autoScalingGroup, fleet: 'web', because: 'unlisted' }) as const;

describe('a look writes', () => {
  test('a new member, with the news of it', () => {
    const memberships = [{ autoScalingGroup: 'a', fleets: ['web'] }];
    expect(writesOf([], { memberships, changes: [joined('a')], at: NOON })).toEqual([
      kept('a', { version: 1, untold: [{ ...joined('a'), at: NOON }] }),
    ]);
  });

  test('nothing of who stays', () => {
    expect(writesOf([kept('a')], { memberships: [kept('a')], changes: [], at: NOON })).toEqual([]);
  });

  test('who leaves behind the version before, and keeps what was not told yet', () => {
    const before = kept('a', { untold: [{ ...joined('a'), at: NOON - 1 }] });
    expect(writesOf([before], { memberships: [], changes: [leaving('a')], at: NOON })).toEqual([
      {
        autoScalingGroup: 'a',
        fleets: [],
        version: 4,
        untold: [
          { ...joined('a'), at: NOON - 1 },
          { ...leaving('a'), at: NOON },
        ],
      },
    ]);
  });

  test('a contested group that nobody selects any more, without news', () => {
    const before = kept('a', { fleets: ['web', 'blue'] });
    expect(writesOf([before], { memberships: [], changes: [], at: NOON })).toEqual([
      kept('a', { fleets: [], version: 4 }),
    ]);
  });

  test('no more groups than it can, those that leave first', () => {
    const names = Array.from({ length: MOST_CHANGED_IN_A_LOOK }, (_, index) => `new-${index}`);
    const memberships = names.map((autoScalingGroup) => ({ autoScalingGroup, fleets: ['web'] }));
    const changes = [...names.map(joined), leaving('old')];
    const writes = writesOf([kept('old')], { memberships, changes, at: NOON });
    expect(writes.length).toBe(MOST_CHANGED_IN_A_LOOK);
    expect(writes[0]?.autoScalingGroup).toBe('old');
  });
});

test('an item is forgotten when it is of no fleet and has nothing to tell', () => {
  expect(isForgotten(kept('a'))).toBe(false);
  expect(isForgotten(kept('a', { fleets: [], untold: [{ ...leaving('a'), at: NOON }] }))).toBe(
    false,
  );
  expect(isForgotten(kept('a', { fleets: [] }))).toBe(true);
});

test('members are groups by name; who is contested, named, or of a fleet that is gone, is none', () => {
  const memberships = [
    kept('c'),
    kept('a'),
    kept('b', { fleets: ['web', 'blue'] }),
    kept('named'),
    kept('d', { fleets: ['gone'] }),
  ];
  const groups = [aGroup({ autoScalingGroup: 'named' })];
  expect(memberGroups({ groups, fleets: [FLEET] }, memberships)).toEqual([
    memberOf(FLEET, 'a'),
    memberOf(FLEET, 'c'),
  ]);
  expect(memberGroups({ groups }, memberships)).toEqual([]);
});

describe('the news', () => {
  test('of a group that joined says by which tags', () => {
    expect(outcomeOfMembership({ ...joined('a'), at: NOON }, [FLEET])).toEqual({
      schemaVersion: 1,
      kind: 'membership',
      decisionId: 'web/a-joined',
      group: 'web/a',
      autoScalingGroup: 'a',
      at: NOON,
      reason: 'JoinedFleet',
      summary: 'a joined the fleet web: it carries tier=web, env=prod',
    });
  });

  test.each([
    ['named', 'tidegate.yml names it under groups'],
    [
      'unlisted',
      'it no longer carries the tags (tier=web, env=prod, and that of the deployment), or is gone',
    ],
    ['contested', 'another fleet selects it, too'],
    ['fleet-removed', 'the fleet is no longer in tidegate.yml'],
  ] as const)('of a group that left (%s) says why', (because, why) => {
    const change = { ...leaving('a'), because, at: NOON };
    expect(outcomeOfMembership(change, [])).toMatchObject({ reason: 'LeftFleet' });
    expect(outcomeOfMembership(change, [FLEET])).toMatchObject({
      decisionId: 'web/a-left',
      reason: 'LeftFleet',
      summary: `a left the fleet web: ${why}`,
    });
  });

  test('of a contested group names its fleets, also those that are gone', () => {
    const change = { kind: 'contested', autoScalingGroup: 'a', fleets: ['web', 'blue'] } as const;
    expect(outcomeOfMembership({ ...change, at: NOON }, [])).toMatchObject({
      group: 'web/a',
      reason: 'FleetsContested',
      summary:
        'a carries the tags of the fleets web and blue, and is left alone: change its tags, or the tags of one fleet',
    });
  });
});
