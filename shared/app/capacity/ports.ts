import type { KeptLooks } from '#app/lane/answer-by-looks.ts';
import type { MemberPorts } from '#app/lane/members-of-messages.ts';
import type { LanePorts, Ledger } from '#app/lane/ports.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { Found, FoundPast, Metric, MetricQuery } from '#domain/configuration/metric.ts';
import type { Opening, Window } from '#domain/configuration/schedule.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import type { Answer } from '#domain/ledger/outcome.ts';
import type { Alarm } from '#domain/observed/alarm.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { Activity, Obstacle } from '#domain/observed/obstacle.ts';
import type { WarmPool } from '#domain/observed/warm-pool.ts';
import type { GroupIndex } from '#domain/sweep/group-index.ts';
import type { Instant } from '#domain/time/instant.ts';

/** All that scaling needs from the world. Reads throw when AWS cannot be asked. */
export type ScalePorts = LanePorts<ScaleHead> &
  Readonly<{
    /** The groups of the configuration, as messages find them. */
    groups: GroupIndex<Group>;
    /** The members of fleets, whom the configuration does not name. */
    members: MemberPorts;
    /** The looks that spare later messages of a storm one of their own. */
    looks: KeptLooks;
    /** By Auto Scaling group name; groups that do not exist are absent. */
    readGroups: (names: readonly string[]) => Promise<ReadonlyMap<string, GroupState>>;
    /** By alarm name, alarms of every type alike; alarms that do not exist are absent. */
    readAlarms: (names: readonly string[]) => Promise<ReadonlyMap<string, Alarm>>;
    /**
     * The newest datapoints of whole periods, in the order of the queries; without data there is none, and
     * of what CloudWatch refuses the reason. It throws when CloudWatch cannot be asked: that is no missing
     * data.
     */
    readMetrics: (queries: readonly MetricQuery[]) => Promise<readonly Found[]>;
    /** The past of metrics, for rules that forecast them; it answers and throws as `readMetrics` does. */
    readPast: (metrics: readonly Metric[]) => Promise<readonly FoundPast[]>;
    openingOf: (window: Window, now: Instant) => Opening;
    /** Reads, on demand, what is under way in the group that forbids removals. */
    readObstacles: (state: GroupState) => Promise<readonly Obstacle[]>;
    /** Reads, on demand, the group's latest scaling activities, the newest first. */
    readActivities: (autoScalingGroup: string) => Promise<readonly Activity[]>;
    /**
     * SetDesiredCapacity with an absolute value. It throws only when it is unknown whether AWS
     * applied the call; the decision then stays in flight until a sweep finds out.
     */
    setCapacity: (autoScalingGroup: string, capacity: number) => Promise<Answer>;
    /** Reads the warm pool of a group, running instances not included. */
    readPool: (autoScalingGroup: string) => Promise<WarmPool>;
    /**
     * The Auto Scaling groups that others stand in for, by name, in a Region, or in this one when none is named; groups
     * that do not exist are absent. It throws soon when the Region does not answer.
     */
    readPeers: (
      region: string | undefined,
      names: readonly string[],
    ) => Promise<ReadonlyMap<string, GroupState>>;
    /** PutWarmPool with an absolute limit. It throws as `setCapacity` does. */
    setPool: (autoScalingGroup: string, pool: PoolLimit) => Promise<Answer>;
  }>;

/** The limit of running and stopped instances together; those that leave the group may be stopped and kept. */
export type PoolLimit = Readonly<{ prepared: number; isReused: boolean }>;

/** The reads of an evaluation, with nothing that writes: for whoever only wants to know what it would say. */
export type ScaleReads = Pick<
  ScalePorts,
  | 'readGroups'
  | 'readAlarms'
  | 'readMetrics'
  | 'readPast'
  | 'openingOf'
  | 'readObstacles'
  | 'readActivities'
  | 'readPool'
  | 'readPeers'
  | 'note'
  | 'now'
> &
  Readonly<{ ledger: Pick<Ledger<ScaleHead>, 'read'> }>;
