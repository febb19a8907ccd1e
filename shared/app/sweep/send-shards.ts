import { asError } from '#domain/basics/as-error.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { memberName } from '#domain/configuration/fleet.ts';
import type { TakeNote } from '#domain/lane/note.ts';
import type { Alarm } from '#domain/observed/alarm.ts';
import { indexGroups } from '#domain/sweep/group-index.ts';
import { membersAsked } from '#domain/sweep/members-asked.ts';
import { type SentShard, type ShardedGroups, shardsOf, withFiring } from '#domain/sweep/shard.ts';
import type { Instant } from '#domain/time/instant.ts';
import { alarmNames } from './look-at-groups.ts';

export type SendingPorts = Readonly<{
  configuration: Configuration;
  /** All alarms of the Region that are in ALARM; nothing when these are too many to read in a part of a minute. */
  readAllFiring: () => Promise<readonly Alarm[] | undefined>;
  /** Sends shards to the sweep queue, each to be seen after its delay. */
  sendShards: (shards: readonly SentShard[]) => Promise<void>;
  note: TakeNote;
  now: () => Instant;
}>;

/** Sends groups in shards, and says the names of those that were sent. */
export type ShardSender = Readonly<{
  send: (of: ShardedGroups, groups: readonly string[], turns?: number) => Promise<void>;
  sent: () => readonly string[];
}>;

/** Makes the sender of one sweep. The alarms that fire are read once for all that it sends. */
export const shardSender = (ports: SendingPorts, size: number): ShardSender => {
  let firing: Promise<readonly Alarm[] | undefined> | undefined;
  const sent: string[] = [];

  const send: ShardSender['send'] = async (of, groups, turns = 1) => {
    firing ??= readFiring(ports);
    const alarms = await firing;
    const shards = shardsOf(groups, { of, size, now: ports.now(), turns });
    await ports.sendShards(
      alarms === undefined
        ? shards
        : withFiring(shards, alarms, groupsBoundTo(ports.configuration)),
    );
    sent.push(...shards.flatMap(({ name }) => name ?? []));
  };
  return { send, sent: () => sent };
};

/** Without them each shard reads its own. */
const readFiring = async ({
  readAllFiring,
  note,
}: SendingPorts): Promise<readonly Alarm[] | undefined> => {
  try {
    return await readAllFiring();
  } catch (thrown) {
    note({ kind: 'look-failed', group: 'the alarms that fire', error: asError(thrown) });
    return undefined;
  }
};

/** Finds the groups that an alarm is bound to: named ones, and whoever would be a member by the name of the alarm. */
const groupsBoundTo = ({
  groups,
  fleets = [],
}: Configuration): ((alarm: string) => readonly string[]) => {
  const named = indexGroups(groups, alarmNames);
  return (alarm) => [
    ...named.boundTo(alarm).map(({ name }) => name),
    ...membersAsked(fleets, { alarm }).map(({ fleet, autoScalingGroup }) =>
      memberName(fleet, autoScalingGroup),
    ),
  ];
};
