import type { GroupState } from '../../../shared/domain/group-state.ts';
import { type Instant, SECOND_MS } from '../../../shared/domain/instant.ts';
import { instanceOf, isGone, isLeaving, type Machine } from './machine.ts';

export type GroupSpec = Readonly<{
  name: string;
  min: number;
  max: number;
  desired: number;
  /** From launch to InService, for each instance anew. */
  bootSeconds: () => number;
  isManaged: boolean;
  targetGroupArns: readonly string[];
}>;

/** One Auto Scaling group as it really is. */
export type Fleet = {
  readonly spec: GroupSpec;
  min: number;
  max: number;
  desired: number;
  isManaged: boolean;
  isBeingDeleted: boolean;
  suspended: Set<string>;
  machines: Machine[];
  launches: number;
  /** No launch succeeds before. */
  launchesFailUntil: Instant;
  /** The desired capacities of the past, for reads that lag behind. */
  past: { at: Instant; desired: number }[];
};

/** Pending, before the operating system boots: not billed (benchmarks of EC2 give about 17 s). */
const PENDING_MS = 17 * SECOND_MS;
/** Connection draining before an instance ends, as ELB's deregistration delay is set here. */
const DRAIN_MS = 30 * SECOND_MS;
const ZONES = ['us-east-1a', 'us-east-1b'];

/** A group whose first instances have been in service for a while. */
export const newFleet = (spec: GroupSpec, now: Instant): Fleet => {
  const { min, max, desired, isManaged } = spec;
  const fleet: Fleet = {
    ...{ spec, min, max, desired, isManaged, isBeingDeleted: false, suspended: new Set() },
    ...{ machines: [], launches: 0, launchesFailUntil: 0, past: [{ at: 0, desired }] },
  };
  const longAgo = now - 3_600 * SECOND_MS;
  while (fleet.machines.length < desired) launch(fleet, longAgo);
  return fleet;
};

/**
 * Brings the instances to the desired capacity, as far as processes that are suspended allow. What is
 * unhealthy is ended first; the oldest of the fullest zone leaves, unless it is protected.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-termination-policies.html
 */
export const converge = (fleet: Fleet, now: Instant): void => {
  fleet.machines = fleet.machines.filter((machine) => !isGone(machine, now));
  replaceUnhealthy(fleet, now);
  launchMissing(fleet, now);
  terminateSurplus(fleet, now);
};

const replaceUnhealthy = ({ suspended, machines }: Fleet, now: Instant): void => {
  if (suspended.has('ReplaceUnhealthy') || suspended.has('Terminate')) return;
  for (const machine of machines) if (!machine.isHealthy) terminate(machine, now);
};

const launchMissing = (fleet: Fleet, now: Instant): void => {
  if (fleet.suspended.has('Launch') || now < fleet.launchesFailUntil) return;
  while (members(fleet).length < fleet.desired) launch(fleet, now);
};

const terminateSurplus = (fleet: Fleet, now: Instant): void => {
  if (fleet.suspended.has('Terminate')) return;
  while (members(fleet).length > fleet.desired) {
    const victim = victimOf(fleet);
    if (victim === undefined) return;
    terminate(victim, now);
  }
};

/** The instances that count towards the desired capacity. */
const members = ({ machines }: Fleet): readonly Machine[] =>
  machines.filter((machine) => !isLeaving(machine) && !machine.isStandby);

const launch = (fleet: Fleet, now: Instant): void => {
  fleet.launches += 1;
  const zones = ZONES.map((zone) => ({ zone, count: countIn(fleet, zone) }));
  const emptiest = zones.reduce((least, each) => (each.count < least.count ? each : least));
  fleet.machines.push({
    id: `i-${String(fleet.launches).padStart(4, '0')}`,
    ...{ zone: emptiest.zone, weight: 1, launchedAt: now, runningAt: now + PENDING_MS },
    inServiceAt: now + Math.max(PENDING_MS, fleet.spec.bootSeconds() * SECOND_MS),
    ...{ isHealthy: true, isProtected: false, isStandby: false },
  });
};

const terminate = (machine: Machine, now: Instant): void => {
  if (isLeaving(machine)) return;
  machine.terminatingSince = now;
  machine.goneAt = now + DRAIN_MS;
};

const victimOf = (fleet: Fleet): Machine | undefined => {
  const open = members(fleet).filter(({ isProtected }) => !isProtected);
  const fullest = Math.max(...open.map(({ zone }) => countIn(fleet, zone)));
  return open.find(({ zone }) => countIn(fleet, zone) === fullest);
};

const countIn = (fleet: Fleet, zone: string): number =>
  members(fleet).filter((machine) => machine.zone === zone).length;

/** The group as DescribeAutoScalingGroups would show it, its desired capacity as it was at a time. */
export const stateOf = (fleet: Fleet, now: Instant, seenAt: Instant): GroupState => ({
  autoScalingGroup: fleet.spec.name,
  capacityMin: fleet.min,
  capacityMax: fleet.max,
  capacityDesired: fleet.past.findLast(({ at }) => at <= seenAt)?.desired ?? fleet.desired,
  isManaged: fleet.isManaged,
  isBeingDeleted: fleet.isBeingDeleted,
  suspendedProcesses: [...fleet.suspended],
  instances: fleet.machines
    .filter((machine) => !isGone(machine, now))
    .map((machine) => instanceOf(machine, now)),
  targetGroupArns: fleet.spec.targetGroupArns,
});
