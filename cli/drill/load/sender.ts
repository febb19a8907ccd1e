import { asError } from '#domain/basics/as-error.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { LOAD_CEILINGS } from './ceilings.ts';
import type { Requests } from './http-requests.ts';
import type { LoadPlan } from './load-plan.ts';
import { dueBy } from './shapes.ts';
import { NO_CONNECTION, type Sample } from './tally.ts';

/** Requests that are late by more than this are left out: a machine that slept must not send them all at once. */
const LATE_MS = SECOND_MS;

/** The sender of a load: it sends what is due when it is told the time. */
export type Sender = Readonly<{
  /** Sends the requests that have become due by then. */
  release: (now: Instant) => void;
  /** Requests that have ended, in the order in which they did. */
  samples: readonly Sample[];
  /** Count of requests that were sent. */
  sent: number;
  /** Count of requests that were left out because this machine was late. */
  skipped: number;
  /** The longest time between two releases, in milliseconds. */
  lagMs: number;
  underWay: () => number;
  /** Counts nothing that ends after this. */
  stop: () => void;
}>;

type SenderPorts = Readonly<{ requests: Pick<Requests, 'send'>; now: () => Instant }>;

/**
 * A sender whose requests are due by the clock alone. Their times count from when they were due, so a target that answers
 * slowly is not asked less often, and does not look better for it. A request that finds every connection in use
 * has failed.
 */
export const createSender = (
  { stages, seconds }: Pick<LoadPlan, 'stages' | 'seconds'>,
  { requests, now }: SenderPorts,
  startedAt: Instant,
): Sender => {
  const samples: Sample[] = [];
  const totals = { released: 0, sent: 0, skipped: 0, lagMs: 0, underWay: 0 };
  let releasedAt = startedAt;
  let isOver = false;

  const end = (dueAt: Instant, result: string): void => {
    if (isOver) return;
    const endedAt = now();
    samples.push({ endedAt, ms: endedAt - dueAt, result });
  };
  const send = (dueAt: Instant): void => {
    totals.sent += 1;
    totals.underWay += 1;
    const finish = (result: string): void => {
      totals.underWay -= 1;
      end(dueAt, result);
    };
    requests.send().then(
      ({ result }) => finish(result),
      (thrown: unknown) => finish(asError(thrown).message),
    );
  };
  const releaseOne = (dueAt: Instant, at: Instant): void => {
    if (at - dueAt > LATE_MS) totals.skipped += 1;
    else if (totals.underWay >= LOAD_CEILINGS.connections) end(dueAt, NO_CONNECTION);
    else send(dueAt);
  };

  return {
    release: (at) => {
      const due = dueBy(stages, Math.min(at - startedAt, seconds * SECOND_MS));
      const fresh = due - totals.released;
      const step = at - releasedAt;
      for (let index = 1; index <= fresh; index += 1) {
        releaseOne(releasedAt + (step * index) / fresh, at);
      }
      totals.lagMs = Math.max(totals.lagMs, step);
      totals.released = due;
      releasedAt = at;
    },
    samples,
    get sent() {
      return totals.sent;
    },
    get skipped() {
      return totals.skipped;
    },
    get lagMs() {
      return totals.lagMs;
    },
    underWay: () => totals.underWay,
    stop: () => {
      isOver = true;
    },
  };
};
