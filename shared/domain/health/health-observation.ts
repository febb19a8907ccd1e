import type { Group, Health } from '#domain/configuration/configuration.ts';
import type { Registration } from '#domain/ledger/decision.ts';
import type { HealHead } from '#domain/ledger/head.ts';
import type { Override } from '#domain/ledger/override.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { Obstacle } from '#domain/observed/obstacle.ts';
import type { Instant } from '#domain/time/instant.ts';

/** One member of a target group as DescribeTargetHealth shows it at this moment. */
export type Target = Readonly<{
  targetGroupArn: string;
  id: string;
  port: number;
  /** Only of targets by address. */
  availabilityZone?: string;
  /** As AWS names it: `healthy`, `unhealthy`, `draining`, … An unknown one is never acted on. */
  state: string;
  /** The reason code, such as `Target.FailedHealthChecks`; empty when AWS gives none. */
  reason: string;
  description: string;
}>;

/** Everything that one evaluation of a group's health looks at. */
export type HealthObservation = Readonly<{
  now: Instant;
  group: HealedGroup;
  /** Absent when AWS knows no Auto Scaling group of that name. */
  state?: GroupState;
  targets: readonly Target[];
  /** Watched target groups that AWS does not know; absent when it knows all. */
  unknownTargetGroups?: readonly string[];
  /** An override that a person put above the rules, in force or already over. */
  override?: Override;
  /** Launches within the grace period, by instance; absent when nobody looked. */
  launches?: Readonly<Record<string, Instant>>;
  /** Obstacles forbid removals; absent when nobody looked, since nothing would be removed. */
  obstacles?: readonly Obstacle[];
  /** Below how many healthy targets each target group sends traffic to all; absent when nobody looked. */
  failOpen?: Readonly<Record<string, FailOpen>>;
  /** True for target groups with the opt-in tag, by ARN; absent when nobody looked. */
  managed?: Readonly<Record<string, boolean>>;
  head: HealHead;
  /** Set when the head's times were far ahead: it is stored with those that it has here, and looked at again. */
  isClockRepaired?: true;
}>;

/**
 * `target_group_health.unhealthy_state_routing`: with fewer healthy targets than either, the load balancer
 * sends traffic to all of them, the unhealthy ones too.
 */
export type FailOpen = Readonly<{ count: number; percent: number }>;

/** A group whose operators asked for healing. */
export type HealedGroup = Group & Readonly<{ health: Health }>;

export const isHealed = (group: Group): group is HealedGroup => group.health !== undefined;

/**
 * The target groups that are looked at, as `targetgroup/NAME/ID`: those that the file names. Of a member of a fleet those
 * that its Auto Scaling group is attached to at this moment; none of one that is not there.
 */
export const targetGroupsOf = (
  { fleet, health }: HealedGroup,
  state: GroupState | undefined,
): readonly string[] =>
  fleet === undefined
    ? health.watched.map(({ targetGroup }) => targetGroup)
    : (state?.targetGroupArns ?? []).map((arn) => arn.slice(arn.indexOf('targetgroup/')));

/**
 * The targets that the group answers for: all of the target groups that the file names. The target groups of a member
 * nobody has named, and other groups may be attached to them, too: it answers for its own instances alone.
 */
export const ownTargets = ({
  group: { fleet },
  state,
  targets,
}: Pick<HealthObservation, 'group' | 'state' | 'targets'>): readonly Target[] => {
  if (fleet === undefined) return targets;
  const instances = new Set((state?.instances ?? []).map(({ id }) => id));
  return targets.filter(({ id }) => instances.has(id));
};

/** False for a target group that a member is not attached to any more: its owner has taken all of its targets out. */
export const isLookedAt = (
  { group: { fleet }, state }: Pick<HealthObservation, 'group' | 'state'>,
  targetGroupArn: string,
): boolean =>
  fleet === undefined || state === undefined || state.targetGroupArns.includes(targetGroupArn);

/** The key of a target in the ledger's sightings. */
export const keyOf = ({ targetGroupArn, id, port }: Target): string =>
  keyOfRegistration({ targetGroupArn, targetId: id, port });

export const keyOfRegistration = ({ targetGroupArn, targetId, port }: Registration): string =>
  `${targetGroupArn} ${targetId}:${port}`;
