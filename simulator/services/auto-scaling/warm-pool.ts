import { type Answer, applied } from '#domain/ledger/outcome.ts';
import type { WarmPool } from '#domain/observed/warm-pool.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import type { Fleet } from './fleet.ts';
import type { Pool } from './pool.ts';

/** A launch into the pool takes the boot of a new instance, and stopping it. */
const PREPARING_MS = 120 * SECOND_MS;
const STOPPING_MS = 20 * SECOND_MS;

/** A pool of always so many instances, as its owner made it. */
export const fixedPool = (size: number, now: Instant): Pool => ({
  settings: {
    prepared: size,
    minSize: size,
    poolState: 'Stopped',
    isReused: false,
    isBeingDeleted: false,
  },
  instances: Array.from({ length: size }, () => ({ enteredAt: now, readyAt: now })),
});

/** Takes a ready instance out of the pool, if there is one. */
export const takeReady = ({ pool }: Fleet, now: Instant): boolean => {
  const index = pool?.instances.findIndex(({ readyAt }) => readyAt <= now) ?? -1;
  if (index === -1) return false;
  pool?.instances.splice(index, 1);
  return true;
};

/** Puts an instance that leaves the group into the pool, where its owner wants that. */
export const putBack = ({ pool }: Fleet, goneAt: Instant): void => {
  if (!pool?.settings.isReused) return;
  pool.instances.push({ enteredAt: goneAt, readyAt: goneAt + STOPPING_MS });
};

/**
 * Fills the pool up, or takes from it the youngest: it has MaxGroupPreparedCapacity (else MaxSize) without the desired
 * capacity, and at least MinSize
 * (https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutWarmPool.html).
 */
export const resizePool = (fleet: Fleet, now: Instant): void => {
  const { pool, suspended, desired, max } = fleet;
  if (pool === undefined) return;
  const { prepared = max, minSize } = pool.settings;
  const wanted = Math.max(minSize, prepared - desired, 0);

  const surplus = pool.instances.length - wanted;
  if (surplus > 0 && !suspended.has('Terminate')) pool.instances.splice(-surplus);
  if (suspended.has('Launch') || now < fleet.launchesFailUntil) return;
  while (pool.instances.length < wanted) {
    pool.instances.push({ enteredAt: now, readyAt: now + PREPARING_MS + STOPPING_MS });
  }
};

/** The pool as DescribeWarmPool shows it, with the settings that it had at a time. */
export const poolOf = (fleet: Fleet, seenAt: Instant, now: Instant): WarmPool => {
  const settings = fleet.past.findLast(({ at }) => at <= seenAt)?.pool;
  const shown = (fleet.pool?.instances ?? []).filter(({ enteredAt }) => enteredAt <= now);
  const ready = shown.filter(({ readyAt }) => readyAt <= now).length;
  return {
    ...(settings === undefined ? {} : { settings }),
    ready,
    warming: shown.length - ready,
  };
};

/** PutWarmPool, up to what follows from it; a group with weights has a mixed instances policy. */
export const changePool = (
  fleet: Fleet,
  { prepared, isReused }: Readonly<{ prepared: number; isReused: boolean }>,
  now: Instant,
): Answer => {
  if (fleet.spec.weights !== undefined || now < fleet.poolRefusedUntil) {
    const detail = 'ValidationError: a group with a mixed instances policy has no warm pool';
    return { kind: 'refused', reason: 'PoolRefused', detail };
  }
  if (fleet.outdated.size > 0) {
    const detail = 'InstanceRefreshInProgress: an instance refresh is under way';
    return { kind: 'refused', reason: 'GroupBusy', detail };
  }
  const settings = {
    prepared,
    minSize: 0,
    poolState: 'Stopped',
    isReused,
    isBeingDeleted: false,
  };
  fleet.pool = { settings, instances: fleet.pool?.instances ?? [] };
  return applied;
};
