import type { Channel } from '#domain/configuration/channel.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import { nextTokenAt, tokensAt } from './channel-state.ts';
import { heldUntil, isCircuitOpen, isGathering, probeAt, type Situation } from './held-until.ts';
import { isUrgent } from './news.ts';
import type { Waiting } from './notice.ts';

export type Dispatch =
  /** One message: with several items, all in one. */
  | Readonly<{ kind: 'send'; items: readonly Waiting[] }>
  /** The channel is broken: what is urgent goes to its fallback, and what it cannot keep is dropped. */
  | Readonly<{ kind: 'fail-over'; items: readonly Waiting[] }>
  | Readonly<{ kind: 'wait' }>;

/** News that waited for so long is told together: the backlog of an outage is one message. */
const LATE_MS = 2 * MINUTE_MS;

/** More than that is told in another message. */
const MOST_GATHERED = 500;

/** The keys of what is gathered stand in the channel's state, an item of at most 400 KB: so many characters of them. */
const MOST_KEY_LENGTH = 25_000;

/** A broken channel keeps so much routine news, the newest, each for so long; what is beyond that is dropped and counted. */
const MOST_KEPT = 500;
export const KEPT_MS = 24 * 60 * MINUTE_MS;

/** Decides the next message of a channel: in the order in which things happened, as soon as it may be sent. */
export const nextDispatch = (situation: Situation, now: Instant): Dispatch => {
  const { state } = situation;
  const due = dueNow(situation, now);
  if (isCircuitOpen(state, now)) {
    const urgent = due.filter(({ news, fallbacks }) => isUrgent(news) && fallbacks.length > 0);
    const items = [...urgent, ...overflowIn(situation, now)];
    return items.length === 0 ? { kind: 'wait' } : { kind: 'fail-over', items };
  }
  const [first] = due;
  if (first === undefined) return { kind: 'wait' };
  if (now < state.backoffUntil || tokensAt(state, now) < 1) return { kind: 'wait' };

  const gathered = due.filter((item) => isGathered(item, situation, now));
  return { kind: 'send', items: gathered.includes(first) ? pageOf(gathered) : [first] };
};

/** As many of the first as one message is about. */
const pageOf = (gathered: readonly Waiting[]): readonly Waiting[] => {
  let length = 0;
  const end = gathered.findIndex(({ key }, place) => {
    length += key.length;
    return place === MOST_GATHERED || (place > 0 && length > MOST_KEY_LENGTH);
  });
  return end === -1 ? gathered : gathered.slice(0, end);
};

/** Routine news that a broken channel keeps no longer: too old, or the oldest of too much. PagerDuty's waits. */
const overflowIn = ({ channel, waiting }: Situation, now: Instant): readonly Waiting[] => {
  if (!isGathering(channel)) return [];
  const routine = inOrder(waiting.filter(({ news }) => !isUrgent(news)));
  return routine.filter(
    ({ since }, place) => place < routine.length - MOST_KEPT || now - since > KEPT_MS,
  );
};

/** The items that nothing holds, in the order in which they happened. */
const dueNow = (situation: Situation, now: Instant): readonly Waiting[] => {
  const endOf = heldUntil(situation, now);
  return inOrder(situation.waiting.filter((item) => endOf(item) <= now));
};

/**
 * Computes for how many milliseconds each item that nothing holds must wait at least, by its key: for the channel's
 * rest, its pace and its queue.
 */
export const waitsIn = (situation: Situation, now: Instant): ReadonlyMap<string, number> => {
  const { state } = situation;
  const first = Math.max(probeAt(state, now), state.backoffUntil, nextTokenAt(state, now));

  return new Map(
    dueNow(situation, now).map(({ key }, place) => [key, first - now + place * SECOND_MS]),
  );
};

/** True of a message that counts for the budget; what is urgent always goes out, and drills use up none of it. */
export const isCounted = (
  { perHour }: Pick<Channel, 'perHour'>,
  items: readonly Waiting[],
): boolean =>
  perHour !== undefined &&
  !items.some(({ news }) => isUrgent(news)) &&
  !items.every(({ news }) => news.kind === 'drill');

const inOrder = (waiting: readonly Waiting[]): readonly Waiting[] =>
  [...waiting].sort((a, b) => a.news.at - b.news.at || (a.key < b.key ? -1 : 1));

/** A report is a message of its own: of several in one only the titles are told. */
const isGathered = (item: Waiting, { channel, state }: Situation, now: Instant): boolean =>
  isGathering(channel) &&
  !isUrgent(item.news) &&
  item.news.kind !== 'report' &&
  (item.digestSeconds !== undefined ||
    now - item.since > LATE_MS ||
    state.broken !== undefined ||
    item.since <= (state.worksSince ?? 0));
