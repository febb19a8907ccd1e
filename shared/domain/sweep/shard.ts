import type { Configuration } from '#domain/configuration/configuration.ts';
import type { Alarm } from '#domain/observed/alarm.ts';
import { type Instant, secondsBetween } from '#domain/time/instant.ts';

/** So many groups one invocation of the sweep looks at: their states and heads fit into its memory and into five pages. */
export const SHARD_SIZE = 500;

/** A part of a minute's look: groups that one invocation looks at, by their names. */
export type Shard = Readonly<{
  kind: 'shard';
  /** Its place among the shards of a minute, `named-0` or `members-3`; absent in those that the version before this one sent. */
  name?: string;
  /** Named groups, and members of fleets as `FLEET/AUTO-SCALING-GROUP`. */
  groups: readonly string[];
  /** From then on it is worth nothing: the next sweep has sent the groups again. */
  until: Instant;
  /**
   * The alarms of its groups that fire, as the sweep saw them when it sent the shard. Absent when it could not see them, or
   * when they are more than a message holds: then whoever looks reads them.
   */
  firing?: readonly FiringAlarm[];
  /** The targets of a member are looked at once in so many minutes; absent when it is each minute. */
  turns?: number;
}>;

/** The groups that are cut into shards: those that the file names, or the members of fleets. */
export type ShardedGroups = 'named' | 'members';

/** An alarm that is in ALARM and has its actions on. */
export type FiringAlarm = Readonly<{ name: string; since: Instant }>;

/** A shard to send. The queue holds it back for so many seconds, 0 to 19. */
export type SentShard = Shard & Readonly<{ delaySeconds: number }>;

/** A shard is worth something for as long as it is the newest of its groups. */
const WORTH_MS = 60_000;

/** Shards of a minute begin within so many seconds, so that neither their calls nor their requests come all at once. */
const SPREAD_SECONDS = 20;

/**
 * Cuts groups into shards of at most `size` groups, each group in exactly one. Shards are of about one size, and begin one
 * after the other by the place of their groups in the list: a group is looked at a minute apart, and joining or leaving
 * of others moves that by a second or two.
 */
export const shardsOf = (
  groups: readonly string[],
  {
    of,
    size,
    now,
    turns = 1,
  }: Readonly<{ of: ShardedGroups; size: number; now: Instant; turns?: number }>,
): readonly SentShard[] => {
  const count = Math.ceil(groups.length / size);
  const placeOf = (index: number): number => Math.floor((index * groups.length) / count);
  return Array.from({ length: count }, (_, index) => ({
    kind: 'shard',
    name: `${of}-${index}`,
    groups: groups.slice(placeOf(index), placeOf(index + 1)),
    until: now + WORTH_MS,
    ...(turns === 1 ? {} : { turns }),
    delaySeconds: Math.floor((index * SPREAD_SECONDS) / count),
  }));
};

/**
 * Gives each shard the alarms that fire of its groups, so that they are asked for once and not by each shard. `boundTo` says
 * which groups an alarm is bound to.
 */
export const withFiring = (
  shards: readonly SentShard[],
  alarms: readonly Alarm[],
  boundTo: (alarm: string) => readonly string[],
): readonly SentShard[] => {
  const placeOf = new Map(
    shards.flatMap(({ groups }, place) => groups.map((name) => [name, place] as const)),
  );
  const loaded = shards.map((shard) => ({ shard, firing: new Map<string, FiringAlarm>() }));
  for (const { name, since, state, actionsEnabled } of alarms) {
    if (state !== 'ALARM' || !actionsEnabled) continue;
    for (const group of boundTo(name)) {
      loaded[placeOf.get(group) ?? -1]?.firing.set(name, { name, since });
    }
  }
  return loaded.map(({ shard, firing }) => {
    const whole = { ...shard, firing: [...firing.values()] };
    return JSON.stringify(whole).length > MOST_CHARACTERS ? shard : whole;
  });
};

/** A message is at most 256 KB; names are ASCII, as good as always. */
const MOST_CHARACTERS = 250 * 1_024;

/** The seconds by which a shard comes too late to be worth a look; nothing when it is in time. */
export const secondsTooLate = ({ until }: Shard, now: Instant): number | undefined =>
  now < until ? undefined : secondsBetween(until, now);

/** As much of a configuration as says whether its groups may be more than one invocation looks at. */
export type GroupsAndFleets = Partial<Pick<Configuration, 'groups' | 'fleets'>>;

/** True for a deployment whose sweep may need shards: the number of members is not known before they are listed. */
export const mayNeedShards = ({ groups = [], fleets = [] }: GroupsAndFleets): boolean =>
  groups.length > SHARD_SIZE || fleets.length > 0;
