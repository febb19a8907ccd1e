import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Fleet } from '#domain/configuration/configuration.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import {
  fleetOf,
  type Membership,
  type MembershipChange,
  type MembershipView,
  nextMemberships,
} from '#domain/sweep/next-memberships.ts';
import { aBehavior, aGroupState } from '#test/support/builders.ts';

const fleetWith = (name: string, tags: Fleet['tags']): Fleet => ({
  name,
  tags,
  template: { capacity: {}, metrics: {}, rules: [], behavior: aBehavior({}) },
});

const WEB = fleetWith('web', { tier: 'web' });
const BLUE = fleetWith('blue', { color: 'blue' });

const listed = (
  autoScalingGroup: string,
  tags: Readonly<Record<string, string>>,
  isManaged = true,
): GroupState => aGroupState({ autoScalingGroup, tags, isManaged });

const IN_WEB = listed('a', { tier: 'web' });
const IN_BOTH = listed('a', { tier: 'web', color: 'blue' });

const look = ({
  groups = [],
  isWhole = true,
  ...overrides
}: Partial<MembershipView> & Partial<MembershipView['listing']> = {}) =>
  nextMemberships({
    fleets: [WEB, BLUE],
    named: new Set(),
    before: [],
    listing: { isWhole, groups },
    ...overrides,
  });

const MEMBER = { autoScalingGroup: 'a', fleets: ['web'] };
const CONTESTED = { autoScalingGroup: 'a', fleets: ['web', 'blue'] };
const left = (because: string) => ({ kind: 'left', autoScalingGroup: 'a', fleet: 'web', because });

describe('a group joins a fleet', () => {
  test('when a listing shows it with the tags, and is told of once', () => {
    const first = look({ groups: [IN_WEB] });
    expect(first).toEqual({
      memberships: [MEMBER],
      changes: [{ kind: 'joined', autoScalingGroup: 'a', fleet: 'web' }],
    });
    expect(look({ groups: [IN_WEB], before: first.memberships })).toEqual({
      memberships: [MEMBER],
      changes: [],
    });
  });

  test('when other pages of the listing failed', () => {
    expect(look({ groups: [IN_WEB], isWhole: false }).memberships).toEqual([MEMBER]);
  });

  test.each<{ title: string; view: Parameters<typeof look>[0] }>([
    { title: 'it has not opted in', view: { groups: [listed('a', { tier: 'web' }, false)] } },
    { title: 'it carries another value', view: { groups: [listed('a', { tier: 'db' })] } },
    { title: 'it carries no tag', view: { groups: [aGroupState({ autoScalingGroup: 'a' })] } },
    {
      title: 'it is being deleted',
      view: { groups: [{ ...IN_WEB, isBeingDeleted: true }] },
    },
    {
      title: 'its name is too long for the ids of decisions',
      view: { groups: [listed('a'.repeat(201), { tier: 'web' })] },
    },
    {
      title: 'its name cannot be a dimension of CloudWatch',
      view: { groups: [listed('wéb', { tier: 'web' })] },
    },
    { title: 'it is named', view: { groups: [IN_WEB], named: new Set(['a']) } },
  ])('but not when $title', ({ view }) => {
    expect(look(view)).toEqual({ memberships: [], changes: [] });
  });
});

describe('a member', () => {
  test('leaves when a whole listing does not have it', () => {
    expect(look({ before: [MEMBER] })).toEqual({ memberships: [], changes: [left('unlisted')] });
  });

  test('leaves when a listing shows it without the tag, even if other pages failed', () => {
    const groups = [listed('a', {})];
    expect(look({ before: [MEMBER], groups, isWhole: false })).toEqual({
      memberships: [],
      changes: [left('unlisted')],
    });
  });

  test('stays when a listing that is not whole does not have it', () => {
    expect(look({ before: [MEMBER], isWhole: false })).toEqual({
      memberships: [MEMBER],
      changes: [],
    });
  });

  test.each([true, false])('leaves when it is named, whole listing or not: %s', (isWhole) => {
    expect(look({ before: [MEMBER], named: new Set(['a']), isWhole })).toEqual({
      memberships: [],
      changes: [left('named')],
    });
  });

  test.each([true, false])('leaves with its fleet, whole listing or not: %s', (isWhole) => {
    expect(look({ before: [MEMBER], fleets: [BLUE], isWhole })).toEqual({
      memberships: [],
      changes: [left('fleet-removed')],
    });
  });

  test('moves from one fleet to another', () => {
    expect(look({ before: [MEMBER], groups: [listed('a', { color: 'blue' })] })).toEqual({
      memberships: [{ autoScalingGroup: 'a', fleets: ['blue'] }],
      changes: [left('unlisted'), { kind: 'joined', autoScalingGroup: 'a', fleet: 'blue' }],
    });
  });
});

describe('a group that two fleets select', () => {
  const told = { kind: 'contested', autoScalingGroup: 'a', fleets: ['web', 'blue'] };

  test('is a member of neither, and is told of once', () => {
    expect(look({ groups: [IN_BOTH] })).toEqual({ memberships: [CONTESTED], changes: [told] });
    expect(look({ groups: [IN_BOTH], before: [CONTESTED] }).changes).toEqual([]);
  });

  test('leaves the fleet that it was in', () => {
    expect(look({ groups: [IN_BOTH], before: [MEMBER] }).changes).toEqual([
      left('contested'),
      told,
    ]);
  });

  test('joins the one that remains', () => {
    expect(look({ groups: [IN_WEB], before: [CONTESTED] })).toEqual({
      memberships: [MEMBER],
      changes: [{ kind: 'joined', autoScalingGroup: 'a', fleet: 'web' }],
    });
  });

  test('is forgotten without a word when neither selects it any more', () => {
    expect(look({ before: [CONTESTED] })).toEqual({ memberships: [], changes: [] });
  });
});

const isNamed = (named: ReadonlySet<string>, member: string) => named.has(member);

const membersIn = (memberships: readonly Membership[]): ReadonlyMap<string, string> =>
  new Map(
    memberships.flatMap((each) => {
      const fleet = fleetOf(each);
      return fleet === undefined ? [] : [[each.autoScalingGroup, fleet] as const];
    }),
  );

/** Nobody leaves who was not in, and nobody joins who is. */
const follow = (members: Map<string, string>, change: MembershipChange): void => {
  if (change.kind === 'contested') return;
  const { kind, autoScalingGroup, fleet } = change;
  expect(members.get(autoScalingGroup)).toBe(kind === 'left' ? fleet : undefined);
  if (kind === 'left') members.delete(autoScalingGroup);
  else members.set(autoScalingGroup, fleet);
};

describe('whatever is listed', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const group = fc.record({ name, isWeb: fc.boolean(), isBlue: fc.boolean(), isIn: fc.boolean() });
  const groups = fc.uniqueArray(group, { selector: (each) => each.name }).map((all) =>
    all.map((each) =>
      listed(
        each.name,
        {
          ...(each.isWeb ? { tier: 'web' } : {}),
          ...(each.isBlue ? { color: 'blue' } : {}),
        },
        each.isIn,
      ),
    ),
  );
  const named = fc.uniqueArray(name, { maxLength: 2 }).map((names) => new Set(names));
  const listing = fc.record({ isWhole: fc.boolean(), groups });
  const steps = fc.array(fc.record({ named, listing }), { minLength: 1, maxLength: 6 });

  test('the changes that were told add up to the members', () => {
    fc.assert(
      fc.property(steps, (all) => {
        let before: MembershipView['before'] = [];
        const told = new Map<string, string>();
        for (const step of all) {
          const next = nextMemberships({ fleets: [WEB, BLUE], before, ...step });
          for (const change of next.changes) follow(told, change);
          expect(membersIn(next.memberships)).toEqual(told);
          expect([...told.keys()].filter((member) => isNamed(step.named, member))).toEqual([]);
          before = next.memberships;
        }
      }),
    );
  });

  test('the same look twice changes nothing', () => {
    fc.assert(
      fc.property(named, listing, (names, seen) => {
        const first = look({ named: names, listing: seen });
        expect(look({ named: names, listing: seen, before: first.memberships })).toEqual({
          memberships: first.memberships,
          changes: [],
        });
      }),
    );
  });
});
