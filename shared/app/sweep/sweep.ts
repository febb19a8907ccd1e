import { asError } from '#domain/basics/as-error.ts';
import { waitForAll } from '#domain/basics/wait-for-all.ts';
import { hasHealth, memberOf, partsOfMember } from '#domain/configuration/fleet.ts';
import type { FleetMember } from '#domain/sweep/kept-membership.ts';
import { SHARD_SIZE } from '#domain/sweep/shard.ts';
import { MEMBERS_A_MINUTE, turnsFor } from '#domain/sweep/target-look.ts';
import type { Instant } from '#domain/time/instant.ts';
import { type FleetLook, type FleetPorts, lookAtFleets } from './look-at-fleets.ts';
import {
  type LookPorts,
  lookAtGroups,
  type Requests,
  requestAll,
  sweptOf,
} from './look-at-groups.ts';
import { type SendingPorts, type ShardSender, shardSender } from './send-shards.ts';

export type SweepPorts = FleetPorts &
  LookPorts &
  SendingPorts &
  Readonly<{
    /** The groups with whose targets something must still be done, in the configuration or not. */
    readOpenHeads: () => Promise<readonly string[]>;
    /** Makes notify look what waits in its lines. */
    requestFlush: () => Promise<void>;
    /**
     * Writes down that all groups were looked at or sent in shards of these names, and when, for people who ask how long
     * ago that was.
     */
    recordSweep: (at: Instant, shards: readonly string[]) => Promise<void>;
  }>;

/** Sizes that only the simulator sets otherwise. */
export type SweepSizes = Readonly<{
  /** So many groups one invocation looks at. */
  shardSize?: number;
  /** The targets of so many members are looked at in a minute. */
  membersAMinute?: number;
}>;

/**
 * Looks at every group, once a minute, and requests the evaluations that no message asked for. Up to `shardSize` groups it
 * looks at itself. More it sends in shards, which other invocations look at: named groups when they alone are more,
 * members when they are more together with the named ones. So members hold up no group that the file names, a read that
 * fails concerns one shard, and each group is looked at by exactly one invocation.
 */
export const sweep = (
  ports: SweepPorts,
  { shardSize = SHARD_SIZE, membersAMinute = MEMBERS_A_MINUTE }: SweepSizes = {},
): (() => Promise<void>) => {
  const { configuration } = ports;
  const named = sweptOf(configuration.groups);

  type Send = ShardSender['send'];
  const lookAtNamed = (send: Send): Promise<Requests> =>
    named.names.length > shardSize
      ? send('named', named.names).then(nothing)
      : lookAtGroups(ports, named);

  const lookAtMembers = (send: Send, members: readonly FleetMember[]): Promise<Requests> => {
    const turns = turnsFor(members.filter(isHealedMember).length, membersAMinute);
    if (named.names.length + members.length > shardSize) {
      return send(
        'members',
        members.map(({ name }) => name),
        turns,
      ).then(nothing);
    }
    const groups = members.map((each) => memberOf(each.fleet, each.autoScalingGroup));
    return lookAtGroups(ports, sweptOf(groups, turns));
  };

  /** The one does not wait for the other, and is asked for although the other fails; what failed is thrown in the end. */
  const request = async (): Promise<Readonly<{ isWhole: boolean; shards: readonly string[] }>> => {
    const { send, sent } = shardSender(ports, shardSize);
    const fleets = lookAtFleets(ports);
    const open = openHeads(ports);
    await waitForAll([
      requestAll(ports, [lookAtNamed(send), leftByNamed(ports, open)]),
      requestAll(ports, [
        fleets.then(({ members }) => lookAtMembers(send, members)),
        leftByMembers(fleets, open),
      ]),
    ]);
    return { isWhole: (await fleets).areKnown, shards: sent() };
  };

  return async () => {
    const hasChannels = configuration.channels.length > 0;
    const [{ isWhole, shards }] = await waitForAll([
      request(),
      ...(hasChannels ? [ports.requestFlush()] : []),
    ]);
    if (isWhole) await record(ports, shards);
  };
};

const NOTHING: Requests = { scaling: [], healing: [] };
const nothing = (): Requests => NOTHING;

/** Requests stand, whether the time can be written down or not. */
const record = async (
  { recordSweep, note, now }: SweepPorts,
  shards: readonly string[],
): Promise<void> => {
  try {
    await recordSweep(now(), shards);
  } catch (thrown) {
    note({ kind: 'look-failed', group: 'the time of the sweep', error: asError(thrown) });
  }
};

/** True for a member whose fleet has its targets looked after. */
const isHealedMember = ({ fleet }: FleetMember): boolean => hasHealth(fleet);

/** The groups that took targets out and have something left to do: nobody else would put their targets back. */
const openHeads = async ({ readOpenHeads, note }: SweepPorts): Promise<readonly string[]> => {
  try {
    return await readOpenHeads();
  } catch (thrown) {
    // The index may be in the making; the groups of the configuration do not wait for it.
    note({ kind: 'look-failed', group: 'groups left behind', error: asError(thrown) });
    return [];
  }
};

/** Those of them that the file has named once, and that are healed no more. */
const leftByNamed = async (
  { configuration }: SweepPorts,
  open: Promise<readonly string[]>,
): Promise<Requests> => {
  const healed = configuration.groups.filter(({ health }) => health !== undefined);
  return leaving(
    (await open).filter((group) => !isOfFleet(group)),
    healed,
  );
};

/** Those of them that have been members, and are none or are healed no more. Nobody is let go while members are unknown. */
const leftByMembers = async (
  fleets: Promise<FleetLook>,
  open: Promise<readonly string[]>,
): Promise<Requests> => {
  const { members, areKnown } = await fleets;
  return areKnown
    ? leaving((await open).filter(isOfFleet), members.filter(isHealedMember))
    : NOTHING;
};

const isOfFleet = (group: string): boolean => partsOfMember(group) !== undefined;

const leaving = (
  open: readonly string[],
  healed: readonly Readonly<{ name: string }>[],
): Requests => {
  const names = new Set(healed.map(({ name }) => name));
  return {
    scaling: [],
    healing: open
      .filter((group) => !names.has(group))
      .map((group) => ({ kind: 'evaluate', group, cause: 'left-behind' })),
  };
};
