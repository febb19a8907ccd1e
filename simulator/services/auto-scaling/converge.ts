import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { type Fleet, unitsOf } from './fleet.ts';
import { hasArrived, isGone, isLeaving, type Machine } from './machine.ts';
import { putBack, resizePool, takeReady } from './warm-pool.ts';

/** Pending, before the operating system boots: not billed (benchmarks of EC2 give about 17 s). */
const PENDING_MS = 17 * SECOND_MS;
/** Connection draining before an instance ends, as ELB's deregistration delay is set here. */
const DRAIN_MS = 30 * SECOND_MS;
/** The time that a hook takes to answer. */
const HOOK_MS = 25 * SECOND_MS;
/** From a warm pool an instance only has to be started: it takes this share of its boot. */
const WARM_SHARE = 0.3;
const ZONES = ['us-east-1a', 'us-east-1b'];

/**
 * Brings the instances to the desired capacity, as far as processes that are suspended allow. What is
 * unhealthy is ended first; the oldest of the fullest zone leaves, unless it is protected.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-termination-policies.html
 */
export const converge = (fleet: Fleet, now: Instant): void => {
  fleet.machines = fleet.machines.filter((machine) => !isGone(machine, now));
  giveUp(fleet, now);
  refresh(fleet, now);
  replaceUnhealthy(fleet, now);
  launchMissing(fleet, now);
  terminateSurplus(fleet, now);
  resizePool(fleet, now);
};

/**
 * A hook that never answers ends its instance (the default result is ABANDON).
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks-overview.html
 */
const giveUp = (fleet: Fleet, now: Instant): void => {
  for (const machine of fleet.machines) {
    if (machine.hook === 'hangs' && now >= machine.runningAt + fleet.hookLimitMs) {
      terminate(machine, now);
    }
  }
};

/**
 * An instance refresh ends one outdated instance after the other, each when all others are in service.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-instance-refresh.html
 */
const refresh = (fleet: Fleet, now: Instant): void => {
  if (fleet.outdated.size === 0) return;
  const all = members(fleet);
  if (unitsOf(all) < fleet.desired || !all.every((machine) => hasArrived(machine, now))) return;

  const next = all.find(({ id, isProtected }) => fleet.outdated.has(id) && !isProtected);
  fleet.outdated = new Set(next ? [...fleet.outdated].filter((id) => id !== next.id) : []);
  if (next) terminate(next, now);
};

const replaceUnhealthy = ({ suspended, machines }: Fleet, now: Instant): void => {
  if (suspended.has('ReplaceUnhealthy') || suspended.has('Terminate')) return;
  for (const machine of machines) if (!machine.isHealthy) terminate(machine, now);
};

const launchMissing = (fleet: Fleet, now: Instant): void => {
  if (fleet.suspended.has('Launch') || now < fleet.launchesFailUntil) return;
  let units = unitsOf(members(fleet));
  while (units < fleet.desired) units += launch(fleet, now).weight;
};

/** With weights, an instance leaves only when the rest is still enough. */
const terminateSurplus = (fleet: Fleet, now: Instant): void => {
  if (fleet.suspended.has('Terminate')) return;
  let surplus = unitsOf(members(fleet)) - fleet.desired;
  while (surplus > 0) {
    const victim = victimOf(fleet, surplus);
    if (victim === undefined) return;
    terminate(victim, now);
    putBack(fleet, victim.goneAt ?? now);
    surplus -= victim.weight;
  }
};

/** The instances that count towards the desired capacity. */
const members = ({ machines }: Fleet): readonly Machine[] =>
  machines.filter((machine) => !isLeaving(machine) && !machine.isStandby);

export const launch = (fleet: Fleet, now: Instant): Machine => {
  const { weights = [1], hasHooks = false, bootSeconds } = fleet.spec;
  const weight = weights[fleet.launches % weights.length] ?? 1;
  fleet.launches += 1;
  const isWarm = takeReady(fleet, now);
  const bootMs = bootSeconds() * SECOND_MS * (isWarm ? WARM_SHARE : 1);
  const hookMs = hasHooks ? HOOK_MS : 0;

  const machine: Machine = {
    id: idOf(fleet),
    zone: emptiestZone(fleet),
    weight,
    launchedAt: now,
    runningAt: now + PENDING_MS,
    inServiceAt: now + Math.max(PENDING_MS, bootMs) + hookMs,
    ...(hasHooks ? { hook: now < fleet.hooksHangUntil ? 'hangs' : 'answers' } : {}),
    isHealthy: true,
    isProtected: false,
    isStandby: false,
  };
  fleet.machines.push(machine);
  return machine;
};

/** The id of the newest instance; long ones are as long as those of EC2, and compress as little. */
const idOf = ({ spec: { idPrefix = '', hasLongIds = false }, launches }: Fleet): string =>
  hasLongIds
    ? `i-${idPrefix}${noise(launches).padStart(16, '0')}`
    : `i-${idPrefix}${String(launches).padStart(4, '0')}`;

/** Another 16 digits for each number: a bijection of 64 bits, Sebastiano Vigna's splitmix64. */
const noise = (count: number): string => {
  const bits = (value: bigint): bigint => BigInt.asUintN(64, value);
  let mixed = bits(BigInt(count) * 0x9e37_79b9_7f4a_7c15n);
  mixed = bits((mixed ^ (mixed >> 30n)) * 0xbf58_476d_1ce4_e5b9n);
  mixed = bits((mixed ^ (mixed >> 27n)) * 0x94d0_49bb_1331_11ebn);
  return (mixed ^ (mixed >> 31n)).toString(16);
};

export const terminate = (machine: Machine, now: Instant): void => {
  if (isLeaving(machine)) return;
  machine.terminatingSince = now;
  machine.goneAt = now + DRAIN_MS + (machine.hook === undefined ? 0 : HOOK_MS);
};

const victimOf = (fleet: Fleet, surplus: number): Machine | undefined => {
  const open = members(fleet).filter(
    ({ isProtected, weight }) => !isProtected && weight <= surplus,
  );
  const counts = countsByZone(fleet);
  const fullest = Math.max(...new Set(open.map(({ zone }) => counts.get(zone) ?? 0)));
  return open.find(({ zone }) => counts.get(zone) === fullest);
};

const emptiestZone = (fleet: Fleet): string => {
  const counts = countsByZone(fleet);
  return ZONES.map((zone) => ({ zone, count: counts.get(zone) ?? 0 })).reduce((least, each) =>
    each.count < least.count ? each : least,
  ).zone;
};

const countsByZone = (fleet: Fleet): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { zone } of members(fleet)) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  return counts;
};
