import type { Message } from '#domain/notify/message.ts';
import type { Delivery, Waiting } from '#domain/notify/notice.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, SKEW_MS, unless } from './check-world.ts';

/** The answer of a channel that an invocation learns. */
type Answered = Readonly<{ channel: string; delivery: Delivery; invocation: string }>;

const answeredIn = (event: HistoryEvent): Answered | undefined => {
  if (event.kind !== 'answered' || event.answer === undefined) return undefined;
  if (event.trip.action !== 'POST' && event.trip.action !== 'Publish') return undefined;
  const { channel } = event.trip.input as Readonly<{ channel: { name: string }; message: Message }>;
  return {
    channel: channel.name,
    delivery: event.answer as Delivery,
    invocation: event.trip.invocation.id,
  };
};

export const brokenIsAskedTwice: Checker = {
  id: 'S72',
  promise: 'a channel is called broken only when it has said so twice, and took nothing in between',
  watch: () => {
    const refusals = new Map<string, number>();
    /** Invocations that a channel took something from, and that have not written it down yet. */
    const took = new Map<string, string>();
    const count = ({ channel, delivery, invocation }: Answered): void => {
      if (delivery.kind === 'broken') refusals.set(channel, (refusals.get(channel) ?? 0) + 1);
      if (delivery.kind === 'sent') took.set(invocation, channel);
      else took.delete(invocation);
    };
    /** The next sender cannot know of an answer that the table refused to write. */
    const remember = (event: HistoryEvent): void => {
      if (event.kind !== 'answered' || event.trip.action !== 'PutItem') return;
      const { id } = event.trip.invocation;
      const channel = took.get(id);
      if (channel !== undefined && event.answer === true) refusals.delete(channel);
      took.delete(id);
    };

    return {
      onEvent: (event) => {
        const answered = answeredIn(event);
        if (answered !== undefined) count(answered);
        remember(event);
        if (event.kind !== 'noted' || event.note.kind !== 'channel') return [];
        const { channel, isBroken } = event.note;
        if (!isBroken) return [];
        return unless((refusals.get(channel) ?? 0) >= 2, () => {
          return `${channel} is broken after one answer`;
        });
      },
    };
  },
};

/** As docs/events.md has it: so much routine news is kept for a broken channel, each for so long. */
const MOST_KEPT = 500;
const KEPT_MS = 24 * 60 * MINUTE_MS;

/** The news that an event puts into the queue of a channel. */
const enlistedIn = (event: HistoryEvent): readonly (readonly [string, Waiting])[] => {
  if (event.kind !== 'applying' || event.trip.action !== 'PutItem') return [];
  const [channel, items] = event.trip.input as readonly [unknown, readonly Waiting[]];
  return typeof channel === 'string' ? items.map((item) => [channel, item] as const) : [];
};

/** The news that an event takes out of a queue: its channel, its key, and the channel that it goes to. */
export const endedIn = (event: HistoryEvent) => {
  if (event.kind !== 'applying' || event.trip.action !== 'PutItem') return [];
  const [held, conclusion] = event.trip.input as readonly [unknown, unknown];
  if (typeof held === 'string') return [];
  const { channel } = held as Readonly<{ channel: string }>;
  const { ended } = conclusion as Readonly<{
    ended: readonly Readonly<{
      item: Waiting;
      ending: Readonly<{ kind: string; to?: string }>;
    }>[];
  }>;
  return ended.map(({ item, ending }) => ({
    channel,
    name: `${channel} ${item.key}`,
    item,
    kind: ending.kind,
    to: ending.to,
  }));
};

export const newsIsNowhereNever: Checker = {
  id: 'S73',
  promise: 'news that goes to another channel is in line there before it leaves the first',
  watch: () => {
    const enlisted = new Set<string>();

    return {
      onEvent: (event) => {
        for (const [channel, { key }] of enlistedIn(event)) enlisted.add(`${channel} ${key}`);
        return endedIn(event).flatMap(({ name, item, to }) =>
          to === undefined
            ? []
            : unless(enlisted.has(`${to} ${item.key}`), () => {
                return `${name} leaves for ${to}, where it is not in line`;
              }),
        );
      },
    };
  },
};

export const brokenChannelsKeepNews: Checker = {
  id: 'S74',
  promise: 'a broken channel drops news only when it is too old or too much',
  watch: ({ timeline }) => {
    const since = new Map<string, number>();

    return {
      onEvent: (event) => {
        for (const [channel, { key }] of enlistedIn(event)) {
          const name = `${channel} ${key}`;
          if (!since.has(name)) since.set(name, timeline.now());
        }
        return endedIn(event).flatMap(({ name, kind }) => {
          const age = timeline.now() - (since.get(name) ?? 0) + SKEW_MS;
          const isDropped = kind === 'dropped';
          const isFair = !isDropped || age > KEPT_MS || since.size > MOST_KEPT;
          return unless(isFair, () => `${name} is dropped after ${age - SKEW_MS} ms`);
        });
      },
    };
  },
};
