import type { MemberPorts } from '#app/lane/members-of-messages.ts';
import type { LanePorts, Ledger } from '#app/lane/ports.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import type { FailOpen, Target } from '#domain/health/health-observation.ts';
import type { Registration, Removal, StandBy } from '#domain/ledger/decision.ts';
import type { HealHead } from '#domain/ledger/head.ts';
import type { Answer } from '#domain/ledger/outcome.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { Obstacle } from '#domain/observed/obstacle.ts';
import type { Instant } from '#domain/time/instant.ts';

/** All that healing needs from the world. Reads throw when AWS cannot be asked. */
export type HealPorts = LanePorts<HealHead> &
  Readonly<{
    configuration: Configuration;
    /** Reads, strongly consistent, which of these Auto Scaling groups belong to fleets; the others are absent. */
    readMemberships: MemberPorts['readMemberships'];
    /** By Auto Scaling group name; groups that do not exist are absent. */
    readGroups: (names: readonly string[]) => Promise<ReadonlyMap<string, GroupState>>;
    /** The members of a target group, given as `targetgroup/NAME/ID`; nothing when AWS knows none. */
    readTargets: (targetGroup: string) => Promise<readonly Target[] | undefined>;
    /** Reads, on demand, what is under way in the group that forbids removals. */
    readObstacles: (state: GroupState) => Promise<readonly Obstacle[]>;
    /** The times at which instances of the group came into service within the last so many seconds. */
    readLaunches: (
      autoScalingGroup: string,
      withinSeconds: number,
    ) => Promise<Readonly<Record<string, Instant>>>;
    /** The counts of healthy targets below which target groups send traffic to all, by their ARNs. */
    readFailOpen: (
      targetGroupArns: readonly string[],
    ) => Promise<Readonly<Record<string, FailOpen>>>;
    /** True for target groups that carry the opt-in tag, by their ARNs. */
    readManaged: (targetGroupArns: readonly string[]) => Promise<Readonly<Record<string, boolean>>>;
    /** DeregisterTargets: traffic drains at once. Repeating it does no harm. */
    deregister: (removal: Removal) => Promise<Answer>;
    /** RegisterTargets: it gets traffic once its health checks pass. Repeating it does no harm. */
    register: (registration: Registration) => Promise<Answer>;
    /** SetInstanceHealth Unhealthy, with the grace period respected: the group replaces it. */
    markUnhealthy: (instanceId: string) => Promise<Answer>;
    /** EnterStandby: out of every load balancer, running on; the group may launch another one. */
    standBy: (standBy: StandBy) => Promise<Answer>;
    /** TerminateInstanceInAutoScalingGroup, of an instance that stands by and is counted nowhere. */
    release: (instanceId: string) => Promise<Answer>;
  }>;

/** The reads of an evaluation, with nothing that writes: for whoever only wants to know what it would say. */
export type HealReads = Pick<
  HealPorts,
  | 'readGroups'
  | 'readTargets'
  | 'readObstacles'
  | 'readLaunches'
  | 'readFailOpen'
  | 'readManaged'
  | 'now'
> &
  Readonly<{ ledger: Pick<Ledger<HealHead>, 'read'> }>;
