import { asError } from '#domain/basics/as-error.ts';
import { waitForAll } from '#domain/basics/wait-for-all.ts';
import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { memberOf, partsOfMember } from '#domain/configuration/fleet.ts';
import { type Disposition, done } from '#domain/lane/disposition.ts';
import type { SweptAlarm } from '#domain/sweep/decide-sweep.ts';
import { type FiringAlarm, type Shard, secondsTooLate } from '#domain/sweep/shard.ts';
import type { Instant } from '#domain/time/instant.ts';
import { type LookPorts, lookAtGroups, requestAll, sweptOf } from './look-at-groups.ts';

export type ShardPorts = LookPorts &
  Readonly<{
    configuration: Configuration;
    /** Writes down that a shard was looked at, and when, for people who ask how long ago that was. */
    recordShard: (shard: string, at: Instant) => Promise<void>;
  }>;

/**
 * Looks at the groups of shards as the sweep looks at few groups. A shard that comes too late is dropped with a note: the
 * sweep has sent its groups again meanwhile. Throws when a look fails, so that the queue brings the shard once more.
 */
export const lookAtShards = (
  ports: ShardPorts,
): ((shards: readonly Shard[]) => Promise<readonly Disposition[]>) => {
  const groupNamed = groupsByName(ports.configuration);

  const lookAt = async (shard: Shard): Promise<Disposition> => {
    const lateSeconds = secondsTooLate(shard, ports.now());
    if (lateSeconds !== undefined) {
      ports.note({ kind: 'shard-dropped', groups: shard.groups.length, lateSeconds });
      return done;
    }
    const groups = shard.groups.flatMap((name) => {
      const group = groupNamed(name);
      if (group === undefined) ports.note({ kind: 'ignored', subject: name, detail: UNKNOWN });
      return group ?? [];
    });
    await requestAll(ports, [lookAtGroups(portsFor(ports, shard), sweptOf(groups, shard.turns))]);
    if (shard.name !== undefined) await record(ports, shard.name);
    return done;
  };

  return (shards) => waitForAll(shards.map(lookAt));
};

/** Requests stand, whether the time can be written down or not. */
const record = async ({ recordShard, note, now }: ShardPorts, shard: string): Promise<void> => {
  try {
    await recordShard(shard, now());
  } catch (thrown) {
    note({ kind: 'look-failed', group: `the time of the shard ${shard}`, error: asError(thrown) });
  }
};

/** Alarms that come with a shard are not asked for again. */
const portsFor = (ports: ShardPorts, { firing }: Shard): ShardPorts =>
  firing === undefined ? ports : { ...ports, readFiringAlarms: async () => alarmsOf(firing) };

const alarmsOf = (firing: readonly FiringAlarm[]): ReadonlyMap<string, SweptAlarm> =>
  new Map(firing.map((alarm) => [alarm.name, { ...alarm, state: 'ALARM', actionsEnabled: true }]));

/** A deployment may have changed the file since the shard was sent. */
const UNKNOWN = 'no such group is configured';

/**
 * Finds groups by name, and members of fleets by the names that they would have. The sweep has just found out that they
 * are members, and whoever evaluates one finds out again.
 */
const groupsByName = ({
  groups,
  fleets = [],
}: Configuration): ((name: string) => Group | undefined) => {
  const byName = new Map(groups.map((group) => [group.name, group]));
  const named = new Set(groups.map(({ autoScalingGroup }) => autoScalingGroup));

  return (name) => {
    const parts = partsOfMember(name);
    if (parts === undefined) return byName.get(name);
    const fleet = fleets.find((each) => each.name === parts.fleet);
    return fleet === undefined || named.has(parts.autoScalingGroup)
      ? undefined
      : memberOf(fleet, parts.autoScalingGroup);
  };
};
