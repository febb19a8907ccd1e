import type { Bill } from './bill.ts';

/** A warm pool of stopped instances, as a group pays for it and is served by it. */
export type PoolModel = Readonly<{
  /** From the start of a stopped instance until it takes load, in seconds. */
  wakeSeconds: number;
  /** The price of a stopped instance, as a share of a running one's. */
  stoppedShare: number;
}>;

/** Shutting the operating system down, before nothing but the volumes is paid for. */
const STOPPING_SECONDS = 20;

/** The limit of running and pooled instances together (MaxGroupPreparedCapacity), and what becomes of those that leave. */
export type PoolLimit = Readonly<{ prepared: number; isReused: boolean }>;

/** The pool as DescribeWarmPool would show it. */
export type PoolSeen = Readonly<{ limit?: PoolLimit; ready: number; warming: number }>;

/**
 * The stopped instances of a group. Filled up at once and taken from the youngest, as Auto Scaling does it: there are as
 * many as the limit is above the desired capacity. Preparing one is billed like running, keeping one with its share.
 */
export const createPool = (
  { stoppedShare }: PoolModel,
  bill: Bill,
  prepareBoot: () => Preparing,
) => {
  let stopped: number[] = [];
  let limit: PoolLimit | undefined;

  const leave = (readyAt: number, now: number): void => {
    if (readyAt < now) bill(readyAt, now, stoppedShare);
  };
  const wanted = (desired: number): number => Math.max(0, (limit?.prepared ?? 0) - desired);

  return {
    setLimit: (next: PoolLimit): void => {
      limit = next;
    },
    /** Takes a stopped instance out, if one is ready. */
    take: (now: number): boolean => {
      const index = stopped.findIndex((readyAt) => readyAt <= now);
      if (index === -1) return false;
      leave(stopped[index] ?? now, now);
      stopped.splice(index, 1);
      return true;
    },
    /** Puts an instance in that has left the group, where there is room. */
    putBack: (goneAt: number, desired: number): void => {
      if (!limit?.isReused || stopped.length >= wanted(desired)) return;
      bill(goneAt, goneAt + STOPPING_SECONDS);
      stopped.push(goneAt + STOPPING_SECONDS);
    },
    /** Fills it up to its limit, or takes from it. */
    settle: (desired: number, now: number): void => {
      for (const readyAt of stopped.splice(wanted(desired))) leave(readyAt, now);
      while (stopped.length < wanted(desired)) {
        const { running, inService } = prepareBoot();
        const readyAt = now + inService + STOPPING_SECONDS;
        bill(now + running, readyAt);
        stopped.push(readyAt);
      }
    },
    /** Deletes it: the last line of the bill. */
    close: (now: number): void => {
      for (const readyAt of stopped) leave(readyAt, now);
      stopped = [];
    },
    seen: (now: number): PoolSeen => {
      const ready = stopped.filter((readyAt) => readyAt <= now).length;
      return { ...(limit ? { limit } : {}), ready, warming: stopped.length - ready };
    },
  };
};

/** The moments of a launch into the pool, in seconds after it. */
type Preparing = Readonly<{ running: number; inService: number }>;
