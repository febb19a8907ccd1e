import type { WarmPoolSettings } from '#domain/configuration/warm-pool.ts';
import { backoffSeconds } from '#domain/ledger/backoff.ts';
import type { PoolDecision } from '#domain/ledger/decision.ts';
import type { PoolSettings, WarmPool } from '#domain/observed/warm-pool.ts';
import { SECOND_MS } from '#domain/time/instant.ts';
import { optIn } from './gates/opt-in.ts';
import { override } from './gates/override.ts';
import { suspendedProcesses } from './gates/suspended-processes.ts';
import { narrowedBoundsOf, within } from './narrowed-bounds.ts';
import { currentCapacity, type GroupObservation, STALE_READ_SECONDS } from './observation.ts';
import { largestPrepared } from './prepared.ts';
import { claimedUnits } from './ready-units.ts';
import { type PoolNeed, poolNeedOf } from './rules/pool-need.ts';

/**
 * Decides how many instances the group and its warm pool should have together, once the capacity is decided
 * (docs/warm-pool.md). New ones are prepared only for what is needed now; stopped ones are kept up to the largest
 * capacity that should have been prepared within 40 minutes. Never more than the maximum, and never fewer than before
 * while data are missing or late. Nothing is decided while a person, AWS or a refusal keeps the pool as it is.
 */
export const decidePool = (
  observation: GroupObservation,
  capacity: number,
): PoolDecision | undefined => {
  const { group, pool } = observation;
  if (group.warmPool === undefined || pool === undefined) return undefined;
  if (pool.settings?.isBeingDeleted || isPutOff(observation)) return undefined;

  const scene = { observation, capacity, pool, settings: group.warmPool };
  const need = poolNeedOf(observation);
  const from = limitOf(scene);
  // Nothing is known, and nothing was asked for: there is no pool to keep.
  if (from === undefined && !need.isCertain) return undefined;

  const { to, prepared } = limitFor(scene, need, from ?? 0);
  const { isReused } = scene.settings;
  if (!isFree(observation, to - (from ?? 0))) return undefined;
  return from === undefined ? { to, prepared, isReused } : { from, to, prepared, isReused };
};

type PoolScene = Readonly<{
  observation: GroupObservation;
  /** The capacity that was decided. */
  capacity: number;
  pool: WarmPool;
  settings: WarmPoolSettings;
}>;

/** The limit that is right now; one from before stays at least while the need is uncertain. */
const limitFor = (
  scene: PoolScene,
  { units, isCertain }: PoolNeed,
  before: number,
): Pick<PoolDecision, 'to' | 'prepared'> => {
  const { observation, capacity } = scene;
  const max = Math.max(capacity, narrowedBoundsOf(observation).max);
  const last = observation.head.prepared?.at(-1)?.capacity ?? 0;
  const needed = Math.max(capacity, units, isCertain ? 0 : last);
  const prepared = Math.min(max, needed);
  const kept = Math.min(largestPrepared(observation), capacity + stoppedAfter(scene));
  const to = within({ min: prepared, max }, Math.max(kept, isCertain ? 0 : before));
  return { to, prepared };
};

/** After a refusal the pool is left alone for a while, longer each time. */
const isPutOff = ({ head: { poolRefused }, now }: GroupObservation): boolean =>
  poolRefused !== undefined &&
  now - poolRefused.at < backoffSeconds(poolRefused.refusals - 1) * SECOND_MS;

/** The limit that the pool has, if all its settings are ours; our own last one while a read may be stale. */
const limitOf = ({ observation, pool, settings }: PoolScene): number | undefined => {
  const shown = limitIn(pool.settings, settings);
  const fresh = freshLimit(observation);
  return fresh !== undefined && shown === fresh.from ? fresh.to : shown;
};

const limitIn = (
  shown: PoolSettings | undefined,
  { isReused }: WarmPoolSettings,
): number | undefined =>
  shown?.minSize === 0 && shown.poolState === 'Stopped' && shown.isReused === isReused
    ? shown.prepared
    : undefined;

/** The limit that we set so lately that a read may not show it yet. */
const freshLimit = ({ head: { lastPool }, now }: GroupObservation) =>
  lastPool !== undefined && now - lastPool.at < STALE_READ_SECONDS * SECOND_MS
    ? lastPool
    : undefined;

/** Instances in the pool once the group has its capacity: those that it takes leave, those that it lets go may enter. */
const stoppedAfter = ({ observation, capacity, pool, settings }: PoolScene): number => {
  const current = currentCapacity(observation);
  const shown = pool.ready + pool.warming - claimedUnits(observation);
  const asked = (freshLimit(observation)?.to ?? 0) - current;
  const stopped = Math.max(0, shown, asked);
  if (capacity >= current) return Math.max(0, stopped - (capacity - current));
  return settings.isReused ? stopped + (current - capacity) : stopped;
};

/** True when neither the lack of the tag nor a person, a suspended process or an instance refresh keeps the pool. */
const isFree = (observation: GroupObservation, change: number): boolean => {
  const { obstacles = [] } = observation;
  if (change !== 0 && obstacles.length > 0) return false;
  const towards = currentCapacity(observation) + Math.sign(change);
  return [optIn, override, suspendedProcesses].every(
    ({ check }) => check(towards, observation).kind === 'pass',
  );
};
