import type { CapacityDecision } from '#domain/ledger/decision.ts';
import type { ScaleHead, Wanted } from '#domain/ledger/head.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import type { Observation } from './observation.ts';

/**
 * A stopped instance is kept for so long after it was last wanted: making it anew costs its billed boot, about
 * 144 s of running, which pays for keeping one for 37 minutes.
 */
const KEPT_MS = 40 * MINUTE_MS;

/** The largest capacity that should have been prepared within the last 40 minutes. */
export const largestPrepared = ({ head: { prepared = [] }, now }: Observation): number =>
  Math.max(0, ...reached(prepared, now).map(({ capacity }) => capacity));

/**
 * The capacities that the 40 minutes still reach, each from its time on, with the one that is decided now. One that a
 * later and larger one follows can never be the largest again, so it gives its time to that one and is forgotten.
 */
export const nextPrepared = (
  { head: { prepared = [] }, group, now }: Observation,
  { pool }: CapacityDecision,
): Pick<ScaleHead, 'prepared'> => {
  if (group.warmPool === undefined) return {};
  if (pool === undefined || isLatest(prepared, pool.prepared))
    return prepared.length === 0 ? {} : { prepared };

  const larger = prepared.filter(({ capacity }) => capacity > pool.prepared);
  const outdone = prepared.find(({ capacity }) => capacity <= pool.prepared);
  const next = { at: outdone?.at ?? now, capacity: pool.prepared };
  return { prepared: reached([...larger, next], now) };
};

/** True when a look prepares another capacity than the one before it, which later ones must know of. */
export const isPreparedNews = (
  { head: { prepared = [] } }: Observation,
  { pool }: CapacityDecision,
): boolean => pool !== undefined && !isLatest(prepared, pool.prepared);

const isLatest = (prepared: readonly Wanted[], capacity: number): boolean =>
  prepared.at(-1)?.capacity === capacity;

/** The capacities that held within the last 40 minutes, the one at their begin included. */
const reached = (prepared: readonly Wanted[], now: number): readonly Wanted[] => {
  const first = prepared.findLastIndex(({ at }) => at <= now - KEPT_MS);
  return prepared.slice(Math.max(0, first));
};
