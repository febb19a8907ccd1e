import type { Configuration, Fleet, Group } from '#domain/configuration/configuration.ts';
import { describeTags, memberName, memberOf } from '#domain/configuration/fleet.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import type { Instant } from '#domain/time/instant.ts';
import { fleetOf, type Membership, type MembershipChange } from './next-memberships.ts';

/**
 * The membership of one group as the table keeps it: an item for each group, so that none grows with their number. Each
 * write follows the version before it.
 */
export type KeptMembership = Membership &
  Readonly<{
    version: number;
    /** Changes that were not published yet, the oldest first. */
    untold: readonly (MembershipChange & Readonly<{ at: Instant }>)[];
  }>;

/** A look writes and tells of at most so many groups: the next one finds the others as it finds these. */
export const MOST_CHANGED_IN_A_LOOK = 500;

/** Memberships after a look, and the changes that it found. */
type FleetChanges = Readonly<{
  memberships: readonly Membership[];
  changes: readonly MembershipChange[];
  at: Instant;
}>;

/**
 * The items that a look writes, with what is to be told of them in the same write: neither a crash nor a second sweep
 * tells it twice or not at all. Groups that leave come first.
 */
export const writesOf = (
  before: readonly KeptMembership[],
  { memberships, changes, at }: FleetChanges,
): readonly KeptMembership[] => {
  const kept = new Map(before.map((each) => [each.autoScalingGroup, each]));
  const next = new Map(memberships.map((each) => [each.autoScalingGroup, each.fleets]));
  const news = new Map<string, MembershipChange[]>();
  for (const change of changes) {
    const known = news.get(change.autoScalingGroup) ?? [];
    news.set(change.autoScalingGroup, [...known, change]);
  }
  const changed = [...new Set([...kept.keys(), ...next.keys()])].filter(
    (name) => (kept.get(name)?.fleets ?? []).join() !== (next.get(name) ?? []).join(),
  );
  const isLeaving = (name: string): boolean =>
    (news.get(name) ?? []).some(({ kind }) => kind === 'left');

  return [...changed.filter(isLeaving), ...changed.filter((name) => !isLeaving(name))]
    .slice(0, MOST_CHANGED_IN_A_LOOK)
    .map((autoScalingGroup) => {
      const { version = 0, untold = [] } = kept.get(autoScalingGroup) ?? {};
      return {
        autoScalingGroup,
        fleets: next.get(autoScalingGroup) ?? [],
        version: version + 1,
        untold: [...untold, ...(news.get(autoScalingGroup) ?? []).map((each) => ({ ...each, at }))],
      };
    });
};

/** True for an item with nothing left to remember or to tell. */
export const isForgotten = ({ fleets, untold }: KeptMembership): boolean =>
  fleets.length === 0 && untold.length === 0;

/** The members of a configuration's fleets, by name; who is named, contested, or of a fleet that is gone, is none. */
export const membersIn = (
  { groups, fleets = [] }: Pick<Configuration, 'groups' | 'fleets'>,
  memberships: readonly Membership[],
): readonly FleetMember[] => {
  const named = new Set(groups.map(({ autoScalingGroup }) => autoScalingGroup));
  const byName = new Map(fleets.map((fleet) => [fleet.name, fleet]));
  return memberships
    .flatMap((membership): readonly FleetMember[] => {
      const { autoScalingGroup } = membership;
      const fleet = byName.get(fleetOf(membership) ?? '');
      return fleet === undefined || named.has(autoScalingGroup)
        ? []
        : [{ name: memberName(fleet.name, autoScalingGroup), fleet, autoScalingGroup }];
    })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
};

/** A member of a fleet, before its fleet's template is filled in for it: of ten thousand that takes long. */
export type FleetMember = Readonly<{ name: string; fleet: Fleet; autoScalingGroup: string }>;

/** The same members as groups. */
export const memberGroups = (
  configuration: Pick<Configuration, 'groups' | 'fleets'>,
  memberships: readonly Membership[],
): readonly Group[] =>
  membersIn(configuration, memberships).map(({ fleet, autoScalingGroup }) =>
    memberOf(fleet, autoScalingGroup),
  );

/**
 * The news of a change, for people. Its id is made of the group and the time of the look that found it, so that a second
 * telling of the same change is known as such.
 */
export const outcomeOfMembership = (
  change: KeptMembership['untold'][number],
  fleets: readonly Fleet[],
): Outcome => {
  const { kind, autoScalingGroup, at } = change;
  const [fleet] = kind === 'contested' ? change.fleets : [change.fleet];
  const group = memberName(String(fleet), autoScalingGroup);
  return {
    schemaVersion: 1,
    kind: 'membership',
    decisionId: `${group}-${kind}`,
    group,
    autoScalingGroup,
    at,
    reason: REASONS[kind],
    summary: describeChange(change, fleets),
  };
};

const REASONS: Readonly<Record<MembershipChange['kind'], Reason>> = {
  joined: 'JoinedFleet',
  left: 'LeftFleet',
  contested: 'FleetsContested',
};

const describeChange = (change: MembershipChange, fleets: readonly Fleet[]): string => {
  const { autoScalingGroup } = change;
  if (change.kind === 'contested') {
    return `${autoScalingGroup} carries the tags of the fleets ${change.fleets.join(' and ')}, and is left alone: change its tags, or the tags of one fleet`;
  }
  const tags = fleets.find(({ name }) => name === change.fleet)?.tags ?? {};
  if (change.kind === 'joined') {
    return `${autoScalingGroup} joined the fleet ${change.fleet}: it carries ${describeTags(tags)}`;
  }
  const why = {
    named: 'tidegate.yml names it under groups',
    unlisted: `it no longer carries the tags (${describeTags(tags)}, and that of the deployment), or is gone`,
    contested: 'another fleet selects it, too',
    'fleet-removed': 'the fleet is no longer in tidegate.yml',
  }[change.because];
  return `${autoScalingGroup} left the fleet ${change.fleet}: ${why}`;
};
