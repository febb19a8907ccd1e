import type { GroupState } from '#domain/observed/group-state.ts';
import type { Activity } from '#domain/observed/obstacle.ts';
import { isHandedOver } from '#domain/observed/opt-in.ts';
import type { PoolSettings } from '#domain/observed/warm-pool.ts';
import type { Instant } from '#domain/time/instant.ts';
import { instanceOf, isGone, type Machine } from './machine.ts';
import type { Pool } from './pool.ts';

export type GroupSpec = Readonly<{
  name: string;
  /** Begins the ids of its instances, so that those of two groups differ. */
  idPrefix?: string;
  /** Its instances have ids as long as those of EC2. */
  hasLongIds?: boolean;
  min: number;
  max: number;
  desired: number;
  /** Accidents move its bounds above this; 0 unless said otherwise. */
  baseline?: number;
  /** From launch to InService, for each instance anew. */
  bootSeconds: () => number;
  isManaged: boolean;
  /** Its tags beside that of the deployment; absent where no fleet selects by tags. */
  tags?: Readonly<Record<string, string>>;
  targetGroupArns: readonly string[];
  /** Each target group takes so many of its instances; all unless said otherwise. */
  mostTargets?: number;
  /** HealthCheckGracePeriod. */
  graceSeconds?: number;
  /** HealthCheckType; EC2 unless said otherwise. */
  healthCheckType?: 'EC2' | 'ELB';
  /** Units that instances count for, one type after the other; 1 each without weights. */
  weights?: readonly number[];
  /** Instances wait for lifecycle hooks when they start and when they end. */
  hasHooks?: boolean;
  /** Its owner keeps a warm pool of always so many instances. */
  warmPool?: number;
}>;

/** One Auto Scaling group as it really is. */
export type Fleet = {
  readonly spec: GroupSpec;
  min: number;
  max: number;
  desired: number;
  /** The value of its opt-in tag; absent while it has none. */
  tag: string | undefined;
  /** Its other tags, as far as fleets select by them. */
  tags: Readonly<Record<string, string>> | undefined;
  isBeingDeleted: boolean;
  suspended: Set<string>;
  machines: Machine[];
  launches: number;
  /** Absent while it has none. */
  pool?: Pool;
  /** No change of its warm pool is taken before. */
  poolRefusedUntil: Instant;
  /** No launch succeeds before. */
  launchesFailUntil: Instant;
  /** Hooks of instances that are launched before then are never answered. */
  hooksHangUntil: Instant;
  /** So long Auto Scaling waits for the answer of such a hook, in milliseconds. */
  hookLimitMs: number;
  /** The instances that an instance refresh still has to replace. */
  outdated: Set<string>;
  /** CloudFormation is at work on the group's stack until then. */
  stackBusyUntil: Instant;
  /** A zonal shift is on until then. */
  shiftedUntil: Instant;
  /** The latest changes of the capacity by their authors, the newest first. */
  activities: readonly Activity[];
  /** When somebody looks at the group next. */
  looksAt: Instant;
  /** The group as it was, for reads that lag behind. */
  past: Readonly<{ at: Instant; settings: Settings; pool?: PoolSettings }>[];
};

type Settings = Pick<GroupState, 'capacityMin' | 'capacityMax' | 'capacityDesired'> &
  Pick<GroupState, 'isManaged' | 'optIn' | 'isBeingDeleted' | 'suspendedProcesses' | 'tags'>;

/** The name of the deployment that looks at simulated groups. */
export const DEPLOYMENT = 'tidegate-sim';

export const unitsOf = (machines: readonly Machine[]): number =>
  machines.reduce((sum, { weight }) => sum + weight, 0);

/** Keeps the group's settings as they are now. */
export const remember = (fleet: Fleet, now: Instant): void => {
  const pool = fleet.pool === undefined ? {} : { pool: fleet.pool.settings };
  fleet.past = [...fleet.past, { at: now, settings: settingsOf(fleet), ...pool }].slice(-20);
};

const settingsOf = (fleet: Fleet): Settings => ({
  capacityMin: fleet.min,
  capacityMax: fleet.max,
  capacityDesired: fleet.desired,
  ...handedOver(fleet.tag),
  isBeingDeleted: fleet.isBeingDeleted,
  suspendedProcesses: [...fleet.suspended],
  ...(fleet.tags === undefined ? {} : { tags: fleet.tags }),
});

const handedOver = (found: string | undefined): Pick<Settings, 'isManaged' | 'optIn'> => {
  const optIn = found === undefined ? { wanted: DEPLOYMENT } : { wanted: DEPLOYMENT, found };
  return { isManaged: isHandedOver(optIn), optIn };
};

/** The group as DescribeAutoScalingGroups would show it, as it was at a time. */
export const stateOf = (fleet: Fleet, seenAt: Instant): GroupState => ({
  autoScalingGroup: fleet.spec.name,
  ...(fleet.past.findLast(({ at }) => at <= seenAt)?.settings ?? settingsOf(fleet)),
  instances: fleet.machines
    .filter((machine) => machine.launchedAt <= seenAt && !isGone(machine, seenAt))
    .map((machine) => instanceOf(machine, seenAt)),
  targetGroupArns: fleet.spec.targetGroupArns,
  graceSeconds: fleet.spec.graceSeconds ?? 0,
  healthCheckType: fleet.spec.healthCheckType ?? 'EC2',
});
