import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import type { Served, Service } from './service-model.ts';

/** Messages that arrived together, the oldest first. */
type Batch = Readonly<{ at: Instant; count: number }>;

/** A queue as it is between two spans of time. */
export type Queue = Readonly<{ waiting: readonly Batch[] }>;

export const emptyQueue: Queue = { waiting: [] };

/** The effect of a span of time on a queue and the workers that take from it. */
export type Worked = Readonly<{
  queue: Queue;
  deleted: number;
  visible: number;
  inFlight: number;
  oldestSeconds: number;
  served: Served;
}>;

type Span = Readonly<{ now: Instant; seconds: number; arrivals: number; instances: number }>;

/**
 * Workers take the oldest messages first, as many as they can within the span; the rest waits, and
 * nothing is lost. By Little's law as many are in flight as are finished in the time that one takes.
 */
export const work = (
  { ratePerInstance, workers }: Service,
  { waiting }: Queue,
  { now, seconds, arrivals, instances }: Span,
): Worked => {
  const offered = [...waiting, { at: now, count: arrivals }];
  const total = offered.reduce((sum, { count }) => sum + count, 0);
  const most = instances * ratePerInstance * seconds;
  const deleted = Math.min(total, most);
  const left = withoutOldest(offered, deleted);
  const serviceSeconds = workers / ratePerInstance;
  const visible = total - deleted;
  const oldestMs = left[0] === undefined ? 0 : now - left[0].at;
  const waitMs =
    oldestMs + (most === 0 ? 0 : (SECOND_MS * visible) / (instances * ratePerInstance));
  const latencyMs = SECOND_MS * serviceSeconds + waitMs;

  return {
    queue: { waiting: left },
    deleted,
    visible,
    inFlight: (deleted / seconds) * serviceSeconds,
    oldestSeconds: oldestMs / SECOND_MS,
    served: {
      utilisation: most === 0 ? 0 : deleted / most,
      meanLatencyMs: latencyMs,
      p95LatencyMs: latencyMs,
      backlog: visible,
      lost: 0,
    },
  };
};

const withoutOldest = (batches: readonly Batch[], taken: number): readonly Batch[] => {
  let rest = taken;
  return batches.flatMap(({ at, count }) => {
    const gone = Math.min(count, rest);
    rest -= gone;
    return count - gone > NOTHING ? [{ at, count: count - gone }] : [];
  });
};

/** Less than a thousandth of a message is a rounding error. */
const NOTHING = 0.001;
