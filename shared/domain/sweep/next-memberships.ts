import type { Fleet } from '#domain/configuration/configuration.ts';
import { isSelected } from '#domain/configuration/fleet.ts';
import type { GroupState } from '#domain/observed/group-state.ts';

/** A group as a listing shows it: as much as says whose it is, since a listing may have ten thousand of them. */
export type ListedGroup = Pick<
  GroupState,
  'autoScalingGroup' | 'tags' | 'isManaged' | 'isBeingDeleted'
>;

/** The groups that one look at the account found. It is whole when all its pages were read. */
export type Listing = Readonly<{ isWhole: boolean; groups: readonly ListedGroup[] }>;

/**
 * The memory of a group between two looks: the names of the fleets that select it, in the order of
 * `tidegate.yml`. One fleet has it as a member; of several none does, and it is contested.
 */
export type Membership = Readonly<{ autoScalingGroup: string; fleets: readonly string[] }>;

/** A change that a look finds, to be told once. */
export type MembershipChange = Readonly<
  | { kind: 'joined'; autoScalingGroup: string; fleet: string }
  | { kind: 'left'; autoScalingGroup: string; fleet: string; because: LeavingCause }
  | { kind: 'contested'; autoScalingGroup: string; fleets: readonly string[] }
>;

/** `named`: `groups:` has it now, which wins. `unlisted`: a whole listing did not show it as the fleet's. */
export type LeavingCause = 'named' | 'unlisted' | 'contested' | 'fleet-removed';

export type MembershipView = Readonly<{
  fleets: readonly Fleet[];
  /** The Auto Scaling groups of `groups:`, the exceptions by name. */
  named: ReadonlySet<string>;
  before: readonly Membership[];
  listing: Listing;
}>;

/**
 * Decides who belongs to which fleet after a look. A group that a listing does not show stays where it was, unless the
 * listing is whole. What a listing does show counts at once, even if other pages failed.
 */
export const nextMemberships = (
  view: MembershipView,
): Readonly<{ memberships: readonly Membership[]; changes: readonly MembershipChange[] }> => {
  const before = new Map(view.before.map((each) => [each.autoScalingGroup, each.fleets]));
  const selected = new Map(
    view.listing.groups.map((group) => [group.autoScalingGroup, fleetsFor(view, group)]),
  );
  const names = [...new Set([...before.keys(), ...selected.keys()])].toSorted();

  const looks = names.map((autoScalingGroup) => {
    const was = before.get(autoScalingGroup) ?? [];
    const fleets = selected.get(autoScalingGroup) ?? unseen(view, autoScalingGroup, was);
    return { autoScalingGroup, was, fleets };
  });

  return {
    memberships: looks
      .filter(({ fleets }) => fleets.length > 0)
      .map(({ autoScalingGroup, fleets }) => ({ autoScalingGroup, fleets })),
    changes: looks.flatMap((look) => changesOf(view, look)),
  };
};

/** The fleet that a group is a member of; none when it is contested. */
export const fleetOf = ({ fleets }: Membership): string | undefined =>
  fleets.length === 1 ? fleets[0] : undefined;

const fleetsFor = (
  { fleets, named }: MembershipView,
  { autoScalingGroup, tags = {}, isManaged, isBeingDeleted }: ListedGroup,
): readonly string[] =>
  isManaged && !isBeingDeleted && !named.has(autoScalingGroup) && NAME.test(autoScalingGroup)
    ? fleets.filter((fleet) => isSelected(fleet, tags)).map(({ name }) => name)
    : [];

/**
 * Names that fit where names of groups go: printable ASCII for a dimension of CloudWatch, and so short that the id of a
 * decision of the member stays within 255 characters.
 */
const NAME = /^[\x20-\x39\x3b-\x7e]{1,200}$/;

/** A page that failed says nothing of its groups; a fleet that left the file keeps none. */
const unseen = (
  { fleets, named, listing }: MembershipView,
  autoScalingGroup: string,
  was: readonly string[],
): readonly string[] =>
  listing.isWhole || named.has(autoScalingGroup)
    ? []
    : was.filter((each) => fleets.some(({ name }) => name === each));

type Look = Readonly<{
  autoScalingGroup: string;
  was: readonly string[];
  fleets: readonly string[];
}>;

const changesOf = (view: MembershipView, look: Look): readonly MembershipChange[] => {
  const { autoScalingGroup, was, fleets } = look;
  const from = fleetOf({ autoScalingGroup, fleets: was });
  const to = fleetOf({ autoScalingGroup, fleets });
  const isNewlyContested = fleets.length > 1 && fleets.join() !== was.join();

  return [
    ...(from === undefined || from === to
      ? []
      : [
          {
            kind: 'left',
            autoScalingGroup,
            fleet: from,
            because: leavingCause(view, look),
          } as const,
        ]),
    ...(to === undefined || to === from
      ? []
      : [{ kind: 'joined', autoScalingGroup, fleet: to } as const]),
    ...(isNewlyContested ? [{ kind: 'contested', autoScalingGroup, fleets } as const] : []),
  ];
};

const leavingCause = (
  { fleets, named }: MembershipView,
  { autoScalingGroup, was, fleets: now }: Look,
): LeavingCause => {
  if (named.has(autoScalingGroup)) return 'named';
  if (now.length > 1) return 'contested';
  return fleets.some(({ name }) => was.includes(name)) ? 'unlisted' : 'fleet-removed';
};
