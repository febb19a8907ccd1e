import {
  ACTING_ATTEMPTS,
  clientOptions,
  patientClientOptions,
} from '#aws/client/client-options.ts';
import { turnsAt } from '#aws/client/pace.ts';
import type { Answer } from '#domain/ledger/outcome.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Trip } from '#simulator/history.ts';
import type { Random } from '#simulator/kernel/random.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import type { Network } from '#simulator/services/runtime.ts';
import { isLimited, type LimitedAction, ownRateOf, QUOTAS, type Quota } from './quotas.ts';

export type LimitedNetwork = Readonly<{
  timeline: Timeline;
  random: Random;
  /** Half of the way of a call and its answer, in milliseconds. */
  latencyMs: number;
  /** Hears of each request that reaches AWS. */
  onRequest: (action: string, isThrottled: boolean) => void;
}>;

/** The first wait of the SDK after a throttle; it doubles, and a random part of it is waited. */
const THROTTLE_DELAY_MS = 500;

/**
 * A network to services that throttle. A call that names many groups or alarms is as many requests as it has pages,
 * side by side; each takes a token of its bucket, or is refused and tried again as the SDK does it.
 */
export const createLimitedNetwork = (limited: LimitedNetwork): Network => {
  const { timeline, latencyMs } = limited;
  const buckets = new Map<LimitedAction, Bucket>();
  const request = requester(limited, buckets);
  const turns = new Map<string, () => Promise<void>>();

  const turnOf = ({ invocation, environment, action }: Trip): (() => Promise<void>) | undefined => {
    const rate = ownRateOf(invocation.functionName, action);
    if (rate === undefined) return undefined;
    const key = `${environment} ${action}`;
    const known = turns.get(key);
    if (known !== undefined) return known;
    const made = turnsAt(rate, { now: timeline.now, sleep: (ms) => timeline.sleep(Math.ceil(ms)) });
    turns.set(key, made);
    return made;
  };

  return {
    carry: async (trip, apply) => {
      const turn = turnOf(trip);
      const page = async (): Promise<void> => {
        await turn?.();
        await timeline.sleep(latencyMs);
        await request(trip);
      };
      try {
        await Promise.all(Array.from({ length: pagesOf(trip) }, page));
      } catch (thrown) {
        // Adapters of calls that act answer what AWS refused, and why.
        if (trip.action === 'SetDesiredCapacity') return THROTTLED as never;
        throw thrown;
      }
      const answer = await apply();
      await timeline.sleep(latencyMs);
      return answer;
    },
    thaw: () => undefined,
  };
};

const requester = (
  { timeline, random, latencyMs, onRequest }: LimitedNetwork,
  buckets: Map<LimitedAction, Bucket>,
) => {
  const isThrottled = (action: string): boolean => {
    if (!isLimited(action)) return false;
    const bucket = buckets.get(action) ?? bucketOf(QUOTAS[action]);
    buckets.set(action, bucket);
    return !bucket(timeline.now());
  };

  return async (trip: Trip): Promise<void> => {
    const { action } = trip;
    const attempts = attemptsOf(trip);
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const isRefused = isThrottled(action);
      onRequest(action, isRefused);
      if (!isRefused) return;
      const waitMs = Math.floor(random() * THROTTLE_DELAY_MS * 2 ** (attempt - 1));
      if (attempt < attempts) await timeline.sleep(2 * latencyMs + waitMs);
    }
    throw Object.assign(new Error('Rate exceeded'), {
      name: 'Throttling',
      $metadata: { attempts },
    });
  };
};

/** The SDK tries a read several times; calls that act are tried once. */
const attemptsOf = ({ action, invocation }: Trip): number => {
  if (!action.startsWith('Describe')) return ACTING_ATTEMPTS;
  const { maxAttempts } =
    invocation.functionName === 'sweep' ? patientClientOptions : clientOptions;
  return maxAttempts;
};

const THROTTLED: Answer = { kind: 'refused', reason: 'Throttled', detail: 'Rate exceeded' };

/** Takes a token; false when there is none. */
type Bucket = (now: Instant) => boolean;

/** A bucket of tokens that is filled all the time: true when there was one to take. */
const bucketOf = ({ perSecond, burst }: Quota): Bucket => {
  let tokens: number = burst;
  let filledAt: number | undefined;
  return (now) => {
    tokens = Math.min(burst, tokens + ((now - (filledAt ?? now)) * perSecond) / 1_000);
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
};

/** Both kinds of names come in pages of a hundred, and so do the items of a table. */
const PAGE = 100;
/** A request to SQS takes ten messages. */
const BATCH = 10;

/** BatchWriteItem takes 25 items. */
const WRITES = 25;

const pageOf = (action: string): number => {
  if (action.endsWith('MessageBatch')) return BATCH;
  return action === 'BatchWriteItem' ? WRITES : PAGE;
};

const pagesOf = ({ action, input }: Trip): number => {
  if (!Array.isArray(input)) return 1;
  return Math.max(1, Math.ceil(input.length / pageOf(action)));
};
