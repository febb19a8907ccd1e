import type { Bill } from './bill.ts';
import type { Boot, Boots } from './boots.ts';
import { createPool, type PoolLimit, type PoolModel, type PoolSeen } from './pool.ts';
import type { World } from './world.ts';

/** A machine from its launch to its end; times are in seconds since the trace began. */
export type Member = Readonly<{
  number: number;
  zone: number;
  launchedAt: number;
  runningAt: number;
  inServiceAt: number;
  readyAt: number;
}>;

export type BacktestFleet = ReturnType<typeof createFleet>;

/** Instances have been running for so long when a trace begins. */
const LONG_AGO = -86_400;

/** The parts of a fleet that are given with it. */
type Outfit = Readonly<{
  bill: Bill;
  /** Absent for groups without a warm pool. */
  pool?: PoolModel;
}>;

/**
 * The instances of a group. Launches begin at once and overlap; the oldest of the fullest zone leaves, as in
 * the simulated Auto Scaling. An instance that arrives within a tick serves all of it, and pays for all of it.
 */
export const createFleet = (world: World, initial: number, { bill, pool: model }: Outfit) => {
  const { boots, conditions } = world;
  const zones: Member[][] = Array.from({ length: conditions.zones }, () => []);
  let coming: Member[] = [];
  let [launches, members, ready, arrivedUntil, version] = [0, 0, 0, 0, 0];
  let leaving: number[] = [];
  const nextBoot = oneAfterTheOther(boots);
  const pool = model && createPool(model, bill, nextBoot);

  const enter = (member: Member): void => {
    zones[member.zone]?.push(member);
    members += 1;
  };
  const launch = (now: number): void => {
    const boot = pool?.take(now) ? awoken(model) : nextBoot();
    launches += 1;
    version += 1;
    const member = memberOf(boot, { number: launches, zone: emptiest(zones), launchedAt: now });
    coming.push(member);
    enter(member);
  };
  const terminate = (now: number, desired: number): void => {
    const member = takeOldest(zones);
    if (member === undefined) return;
    members -= 1;
    version += 1;
    if (member.readyAt <= arrivedUntil) ready -= 1;
    else coming = coming.filter((each) => each !== member);
    const gone = now + conditions.drainSeconds;
    leaving = [...leaving.filter((each) => each > now), gone];
    if (member.runningAt >= now) return;
    bill(member.runningAt, gone);
    pool?.putBack(gone, desired);
  };

  for (let number = 1; number <= initial; number += 1) {
    const at = { launchedAt: LONG_AGO, runningAt: LONG_AGO, inServiceAt: LONG_AGO };
    enter({ number: -number, zone: emptiest(zones), ...at, readyAt: LONG_AGO });
    ready += 1;
  }

  return {
    /** Lets those arrive that are ready by then, the end of a tick. */
    arrive: (now: number): void => {
      for (const member of coming) {
        if (member.readyAt > now) continue;
        ready += 1;
        bill(arrivedUntil, member.readyAt);
      }
      if (coming.length > 0) coming = coming.filter(({ readyAt }) => readyAt > now);
      arrivedUntil = now;
    },
    /** Brings the group to a capacity, and its warm pool to a limit if one is given. */
    setDesired: (desired: number, now: number, limit?: PoolLimit): void => {
      if (limit !== undefined) pool?.setLimit(limit);
      while (members < desired) launch(now);
      while (members > desired) terminate(now, desired);
      pool?.settle(desired, now);
    },
    /** The warm pool as it is shown; absent for groups without one. */
    pool: (now: number): PoolSeen | undefined => pool?.seen(now),
    /** Ends all at once, and drains them: the last line of the bill. */
    close: (now: number): void => {
      pool?.close(now);
      while (members > 0) terminate(now, Number.POSITIVE_INFINITY);
    },
    ready: (): number => ready,
    members: (): readonly Member[] => zones.flat(),
    size: (): number => members,
    version: (): number => version,
    draining: (now: number): number => leaving.filter((gone) => gone > now).length,
    /** Counts the members that are not in service for so long yet. */
    warming: (now: number, seconds: number): number =>
      seconds <= 0 ? countComing(coming, now) : countComing(zones.flat(), now - seconds),
  };
};

/** Instances boot in the order of their launches, whether they go into the group or into its pool. */
const oneAfterTheOther = (boots: Boots): (() => Boot) => {
  let count = 0;
  return () => {
    count += 1;
    return boots(count - 1);
  };
};

/** A stopped instance is billed from its start. */
const awoken = (model: PoolModel | undefined): Boot => {
  const wakes = model?.wakeSeconds ?? 0;
  return { running: 0, inService: wakes, ready: wakes };
};

type Launch = Pick<Member, 'number' | 'zone' | 'launchedAt'>;

const memberOf = ({ running, inService, ready }: Boot, launch: Launch): Member => ({
  ...launch,
  runningAt: launch.launchedAt + running,
  inServiceAt: launch.launchedAt + inService,
  readyAt: launch.launchedAt + ready,
});

const countComing = (coming: readonly Member[], now: number): number => {
  let count = 0;
  for (const { inServiceAt } of coming) if (inServiceAt > now) count += 1;
  return count;
};

const emptiest = (zones: readonly (readonly Member[])[]): number => {
  let best = 0;
  for (let zone = 1; zone < zones.length; zone += 1) {
    if ((zones[zone]?.length ?? 0) < (zones[best]?.length ?? 0)) best = zone;
  }
  return best;
};

const takeOldest = (zones: readonly Member[][]): Member | undefined => {
  const fullest = Math.max(...zones.map(({ length }) => length));
  let victims: Member[] | undefined;
  for (const zone of zones) {
    if (zone.length < fullest) continue;
    if (victims === undefined || isOlder(zone[0], victims[0])) victims = zone;
  }
  return victims?.shift();
};

const isOlder = (a: Member | undefined, b: Member | undefined): boolean =>
  (a?.launchedAt ?? 0) < (b?.launchedAt ?? 0) ||
  (a?.launchedAt === b?.launchedAt && Math.abs(a?.number ?? 0) < Math.abs(b?.number ?? 0));
