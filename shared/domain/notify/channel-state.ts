import { CLOCK_AHEAD_MS, type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import type { Delivery } from './notice.ts';

/** The state of a channel from one message to the next. */
export type ChannelState = Readonly<{
  /** Messages that may go out at once, from 0 to `BURST`, as it was at `tokensAt`. */
  tokens: number;
  tokensAt: Instant;
  /** The hour that `count` is of. */
  hour: Instant;
  /** Count of the messages in that hour that were not urgent. */
  count: number;
  /** It failed or asked for a rest: nothing is sent before. */
  backoffUntil: Instant;
  /** Failures in a row. */
  failures: number;
  /** Its last answer was that it takes nothing any more: one more such answer, and it is broken. */
  isDoubtful?: true;
  /** Present while it takes nothing and must be fixed. */
  broken?: Broken;
  /** The time at which it took a message again after it was broken: what waited until then is told together. */
  worksSince?: Instant;
  /** The keys of what somebody set out to send and has not said how it ended. */
  sending: readonly string[];
  /** The alarms as people there know them, the last change last; absent in older states. */
  alarms?: readonly KnownAlarm[];
}>;

/** An alarm by the key of its incident, and the newest change of it that was told. */
export type KnownAlarm = Readonly<{ key: string; isOpen: boolean; at: Instant }>;

export type Broken = Readonly<{
  since: Instant;
  triedAt: Instant;
  detail: string;
  /** Count of the messages that were dropped since, because they were too many or waited for too long. */
  leftOut: number;
}>;

/** Slack takes a message a second and allows short bursts; the others take more. */
export const BURST = 5;
const MS_PER_TOKEN = SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** A broken channel is tried so often whether somebody has fixed it. */
export const PROBE_MS = 15 * MINUTE_MS;
/** SQS could wait for 12 hours, and a person should not. */
const LONGEST_REST_MS = 15 * MINUTE_MS;
const FIRST_REST_MS = 15 * SECOND_MS;
/** A channel that says that it takes nothing any more is asked once more after that, before it is believed. */
const RECHECK_MS = 5 * SECOND_MS;

export const newChannelState: ChannelState = {
  tokens: BURST,
  tokensAt: 0,
  hour: 0,
  count: 0,
  backoffUntil: 0,
  failures: 0,
  sending: [],
};

/**
 * The state without what a clock wrote that was far ahead: a pace, a rest or a failed try that lies ahead
 * of `now` would keep the channel silent until then, and counts as over.
 */
export const withoutFuture = (state: ChannelState, now: Instant): ChannelState => {
  const { tokensAt: at, backoffUntil, broken, worksSince } = state;
  const isAhead = (time: Instant): boolean => time > now + CLOCK_AHEAD_MS;
  return {
    ...state,
    ...(isAhead(at) ? { tokens: BURST, tokensAt: now } : {}),
    ...(isAhead(backoffUntil - LONGEST_REST_MS) ? { backoffUntil: now } : {}),
    ...(broken !== undefined && isAhead(broken.triedAt)
      ? { broken: { ...broken, since: Math.min(broken.since, now), triedAt: now - PROBE_MS } }
      : {}),
    ...(worksSince !== undefined && isAhead(worksSince) ? { worksSince: now } : {}),
  };
};

/** The hour that an instant lies in; a budget begins with it anew. */
export const hourOf = (at: Instant): Instant => Math.floor(at / HOUR_MS) * HOUR_MS;
export const nextHourOf = (at: Instant): Instant => hourOf(at) + HOUR_MS;

/** Count of the messages that may go out at this moment. */
export const tokensAt = ({ tokens, tokensAt: at }: ChannelState, now: Instant): number =>
  Math.min(BURST, tokens + Math.max(0, now - at) / MS_PER_TOKEN);

/** The time at which the pace lets the next message go out. */
export const nextTokenAt = (state: ChannelState, now: Instant): Instant =>
  now + Math.ceil(Math.max(0, 1 - tokensAt(state, now)) * MS_PER_TOKEN);

/** Count of the messages in this hour that were not urgent. */
export const sentInHour = ({ hour, count }: ChannelState, now: Instant): number =>
  hour === hourOf(now) ? count : 0;

type DeliveryAttempt = Readonly<{ delivery: Delivery; isCounted: boolean; now: Instant }>;

/** The state once a message was tried: what is left of pace and budget, and how the channel is. */
export const afterAttempt = (state: ChannelState, attempt: DeliveryAttempt): ChannelState => {
  const { delivery, isCounted, now } = attempt;
  const { broken, isDoubtful, ...spent } = {
    ...state,
    sending: [],
    tokens: tokensAt(state, now) - 1,
    tokensAt: now,
  };
  switch (delivery.kind) {
    case 'sent':
      return {
        ...spent,
        failures: 0,
        ...(broken && { worksSince: now }),
        ...(isCounted ? countOne(state, now) : {}),
      };
    case 'refused':
      return { ...spent, failures: 0, ...stillBroken(broken, now) };
    case 'broken':
      return { ...spent, failures: 0, ...afterBroken(state, delivery.detail, now) };
    case 'failed':
    case 'unclear':
      return {
        ...spent,
        // It may have arrived.
        ...(isCounted && delivery.kind === 'unclear' ? countOne(state, now) : {}),
        ...restOf(state, attempt),
        ...(isDoubtful && { isDoubtful }),
        ...stillBroken(broken, now),
      };
  }
};

/** Once is perhaps a mistake: the channel rests and is asked again. Twice in a row, and it is broken. */
const afterBroken = (
  { broken, isDoubtful }: ChannelState,
  detail: string,
  now: Instant,
): Pick<ChannelState, 'broken'> | Pick<ChannelState, 'isDoubtful' | 'backoffUntil'> => {
  if (broken === undefined && isDoubtful === undefined) {
    return { isDoubtful: true, backoffUntil: now + RECHECK_MS };
  }
  return { broken: brokenAfter(broken, detail, now) };
};

/** A channel that took nothing may still be broken. */
const stillBroken = (broken: Broken | undefined, now: Instant): Pick<ChannelState, 'broken'> =>
  broken === undefined ? {} : { broken: { ...broken, triedAt: now } };

const countOne = (state: ChannelState, now: Instant) => ({
  hour: hourOf(now),
  count: sentInHour(state, now) + 1,
});

const brokenAfter = (before: Broken | undefined, detail: string, now: Instant): Broken => ({
  since: before?.since ?? now,
  triedAt: now,
  detail,
  leftOut: before?.leftOut ?? 0,
});

/** As long as it asked for, or twice as long with each failure. */
const restOf = ({ failures }: ChannelState, { delivery, now }: DeliveryAttempt) => {
  const asked = delivery.kind === 'failed' ? delivery.afterSeconds : undefined;
  const restMs = asked === undefined ? FIRST_REST_MS * 2 ** failures : asked * SECOND_MS;
  return { backoffUntil: now + Math.min(restMs, LONGEST_REST_MS), failures: failures + 1 };
};
