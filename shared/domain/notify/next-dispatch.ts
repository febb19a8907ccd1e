import type { Channel } from '#domain/configuration/channel.ts';
import { CLOCK_AHEAD_MS, type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import {
  type ChannelState,
  nextHourOf,
  nextTokenAt,
  PROBE_MS,
  sentInHour,
  tokensAt,
} from './channel-state.ts';
import { severityOf } from './incident.ts';
import { isUrgent } from './news.ts';
import type { Waiting } from './notice.ts';

/** All that decides what a channel is told next. */
export type Situation = Readonly<{
  channel: Pick<Channel, 'kind' | 'perHour'>;
  state: ChannelState;
  waiting: readonly Waiting[];
  /** Until when the people there want to be left in peace; absent outside their quiet hours. */
  quietUntil?: Instant;
}>;

export type Dispatch =
  /** One message: with several items, all in one. */
  | Readonly<{ kind: 'send'; items: readonly Waiting[] }>
  /** The channel is broken: what is urgent goes to its deputy, the rest is left out. */
  | Readonly<{ kind: 'divert'; items: readonly Waiting[] }>
  | Readonly<{ kind: 'wait' }>;

/** What waited for so long is told together: the backlog of an outage is one message. */
const LATE_MS = 2 * MINUTE_MS;

/** More than that is told in another message. */
const MOST_GATHERED = 500;

/** What a channel is told next: in the order in which it happened, as soon as it may be. */
export const nextDispatch = (situation: Situation, now: Instant): Dispatch => {
  const due = dueNow(situation, now);
  const [first] = due;
  if (first === undefined) return { kind: 'wait' };

  const { state } = situation;
  if (isShunned(state, now)) {
    const items = due.filter((item) => isPassedOn(item, situation));
    return items.length === 0 ? { kind: 'wait' } : { kind: 'divert', items };
  }
  if (now < state.restUntil || tokensAt(state, now) < 1) return { kind: 'wait' };

  const gathered = due.filter((item) => isGathered(item, situation, now));
  const items = gathered.includes(first) ? gathered.slice(0, MOST_GATHERED) : [first];
  return { kind: 'send', items };
};

/** What is urgent, if anybody else can take it; the rest is left out, but for PagerDuty's, which waits. */
const isPassedOn = ({ news, deputies }: Waiting, { channel }: Situation): boolean =>
  isUrgent(news) ? deputies.length > 0 : isGathering(channel);

/** What nothing holds, in the order in which it happened. */
const dueNow = (situation: Situation, now: Instant): readonly Waiting[] => {
  const heldUntil = holdsIn(situation, now);
  return inOrder(situation.waiting.filter((item) => heldUntil(item) <= now));
};

/**
 * For how many milliseconds each item that nothing holds must wait at least, by its key: for the channel's
 * rest, its pace and its line.
 */
export const waitsIn = (situation: Situation, now: Instant): ReadonlyMap<string, number> => {
  const { state } = situation;
  const probe = isShunned(state, now) && state.broken ? state.broken.triedAt + PROBE_MS : 0;
  const first = Math.max(probe, state.restUntil, nextTokenAt(state, now));

  return new Map(
    dueNow(situation, now).map(({ key }, place) => [key, first - now + place * SECOND_MS]),
  );
};

/** Whether a message counts for the budget: what is urgent always goes out. */
export const isCounted = (
  { perHour }: Pick<Channel, 'perHour'>,
  items: readonly Waiting[],
): boolean => perHour !== undefined && !items.some(({ news }) => isUrgent(news));

/** Broken, and not tried again yet. */
const isShunned = ({ broken }: ChannelState, now: Instant): boolean =>
  broken !== undefined && now < broken.triedAt + PROBE_MS;

const inOrder = (waiting: readonly Waiting[]): readonly Waiting[] =>
  [...waiting].sort((a, b) => a.news.at - b.news.at || (a.key < b.key ? -1 : 1));

/** Windows, quiet hours and a spent budget hold news back; what is urgent or critical, they do not. */
const holdsIn = ({ channel, quietUntil = 0, state }: Situation, now: Instant) => {
  const isSpent = channel.perHour !== undefined && sentInHour(state, now) >= channel.perHour;
  const spentUntil = isSpent ? nextHourOf(now) : 0;

  return (item: Waiting): Instant => {
    const quiet = severityOf(item.news) === 'critical' ? 0 : quietUntil;
    if (isUrgent(item.news)) return quiet;
    // A clock that was ahead wrote when it came: its window cannot be known, and is over.
    const isAhead = item.since > now + CLOCK_AHEAD_MS;
    return Math.max(quiet, spentUntil, isAhead ? 0 : windowEnd(item, channel));
  };
};

/** Windows are those of the clock: of ten minutes, they end at :10, :20 and so on. */
const windowEnd = ({ since, digestSeconds }: Waiting, channel: Situation['channel']): Instant => {
  if (digestSeconds === undefined || !isGathering(channel)) return 0;
  const length = digestSeconds * SECOND_MS;
  return (Math.floor(since / length) + 1) * length;
};

const isGathered = (item: Waiting, { channel }: Situation, now: Instant): boolean =>
  isGathering(channel) &&
  !isUrgent(item.news) &&
  (item.digestSeconds !== undefined || now - item.since > LATE_MS);

/** PagerDuty keeps incidents: it must hear of each end by itself. */
const isGathering = ({ kind }: Situation['channel']): boolean => kind !== 'pagerduty';
