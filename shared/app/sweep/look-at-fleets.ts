import { asError } from '#domain/basics/as-error.ts';
import { sideBySide } from '#domain/basics/side-by-side.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import type { TakeNote } from '#domain/lane/note.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import {
  type FleetMember,
  type KeptMembership,
  membersIn,
  outcomeOfMembership,
  writesOf,
} from '#domain/sweep/kept-membership.ts';
import { type Listing, nextMemberships } from '#domain/sweep/next-memberships.ts';
import type { Instant } from '#domain/time/instant.ts';

/** A listing, and the error that ended it early if one did. */
type ListingOrPart = Listing & Readonly<{ error?: Error }>;

/** All that the sweep needs to know who belongs to which fleet. */
export type FleetPorts = Readonly<{
  configuration: Configuration;
  /** Lists the groups that were handed over to the deployment, and says whether the listing is whole. */
  listGroups: () => Promise<ListingOrPart>;
  /** By Auto Scaling group name; groups that do not exist are absent. */
  readGroups: (names: readonly string[]) => Promise<ReadonlyMap<string, GroupState>>;
  /** Reads the memberships that the look before this one left. */
  readAllMemberships: () => Promise<readonly KeptMembership[]>;
  /** Writes a membership after the version before it; false when another sweep was faster. */
  writeMembership: (membership: KeptMembership) => Promise<boolean>;
  /** Publishes on the outcome topic. */
  publish: (outcome: Outcome) => Promise<void>;
  note: TakeNote;
  now: () => Instant;
}>;

/** The members of all fleets after a look. They are not known when what the look before it left cannot be read. */
export type FleetLook = Readonly<{ members: readonly FleetMember[]; areKnown: boolean }>;

/** So many items are written, or outcomes published, side by side. */
const SIDE_BY_SIDE = 25;

/**
 * Finds who belongs to which fleet, writes down who joined and who left, and tells people of it. What cannot be read or
 * written concerns the fleets alone: a look without the table has no members, and the next one has them again.
 */
export const lookAtFleets = async (ports: FleetPorts): Promise<FleetLook> => {
  const { fleets = [] } = ports.configuration;
  if (fleets.length === 0) return { members: [], areKnown: true };
  try {
    return { members: await look(ports), areKnown: true };
  } catch (thrown) {
    ports.note({ kind: 'look-failed', group: WHO, error: asError(thrown) });
    return { members: [], areKnown: false };
  }
};

const WHO = 'the members of fleets';

const look = async (ports: FleetPorts): Promise<readonly FleetMember[]> => {
  const { configuration, note, now } = ports;
  const { fleets = [] } = configuration;
  const [before, listed] = await Promise.all([ports.readAllMemberships(), ports.listGroups()]);
  const listing = await withMissing(ports, listed, before);
  if (listing.error !== undefined) {
    note({ kind: 'look-failed', group: WHO, error: listing.error });
  }
  const named = new Set(configuration.groups.map((group) => group.autoScalingGroup));
  const next = nextMemberships({ fleets, named, before, listing });
  const written = await write(ports, writesOf(before, { ...next, at: now() }));

  const kept = [
    ...new Map([...before, ...written].map((each) => [each.autoScalingGroup, each])).values(),
  ];
  await tell(ports, kept);
  // A group that is named, or left, is no member any more, whether that could be written down or not.
  const stays = new Set(next.memberships.map(idOf));
  return membersIn(
    configuration,
    kept.filter((each) => stays.has(idOf(each))),
  );
};

/**
 * A whole listing may lack a group all the same: pages move while they are read, and AWS answers with what is true soon. So
 * who is missing is asked for by name before it leaves; while that fails the listing is not whole.
 */
const withMissing = async (
  { readGroups }: Pick<FleetPorts, 'readGroups'>,
  listing: ListingOrPart,
  before: readonly KeptMembership[],
): Promise<ListingOrPart> => {
  const listed = new Set(listing.groups.map((state) => state.autoScalingGroup));
  const missing = before
    .filter(({ autoScalingGroup, fleets }) => fleets.length > 0 && !listed.has(autoScalingGroup))
    .map(({ autoScalingGroup }) => autoScalingGroup);
  if (!listing.isWhole || missing.length === 0) return listing;
  try {
    const found = await readGroups(missing);
    return { isWhole: true, groups: [...listing.groups, ...found.values()] };
  } catch (thrown) {
    return { isWhole: false, groups: listing.groups, error: asError(thrown) };
  }
};

const idOf = ({ autoScalingGroup, fleets }: Pick<KeptMembership, 'autoScalingGroup' | 'fleets'>) =>
  JSON.stringify([autoScalingGroup, fleets]);

/** Writes memberships, and returns those that were written: what another sweep or an error was faster with is left. */
const write = async (
  { writeMembership, note }: Pick<FleetPorts, 'writeMembership' | 'note'>,
  memberships: readonly KeptMembership[],
): Promise<readonly KeptMembership[]> => {
  const written = await sideBySide(memberships, SIDE_BY_SIDE, async (membership) => {
    try {
      return (await writeMembership(membership)) ? [membership] : [];
    } catch (thrown) {
      note({ kind: 'look-failed', group: membership.autoScalingGroup, error: asError(thrown) });
      return [];
    }
  });
  return written.flat();
};

/** Publishes what is untold, and takes out of the items what was published: notify knows what comes twice. */
const tell = async (ports: FleetPorts, kept: readonly KeptMembership[]): Promise<void> => {
  const { configuration, publish, note } = ports;
  const told = await sideBySide(
    kept.filter(({ untold }) => untold.length > 0),
    SIDE_BY_SIDE,
    async (membership) => {
      for (const change of membership.untold) {
        const outcome = outcomeOfMembership(change, configuration.fleets ?? []);
        try {
          await publish(outcome);
        } catch (thrown) {
          note({
            kind: 'telling-failed',
            decisionId: outcome.decisionId,
            error: asError(thrown),
          });
          return [];
        }
      }
      return [{ ...membership, version: membership.version + 1, untold: [] }];
    },
  );
  await write(ports, told.flat());
};
