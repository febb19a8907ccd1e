import type { Outbox } from '#app/notify/ports.ts';
import {
  addCounts,
  type ChannelCounts,
  countsOf,
  NO_COUNTS,
} from '#domain/notify/channel-counts.ts';
import type { ChannelQueue, QueueResults } from '#domain/notify/channel-queue.ts';
import { type ChannelState, hourOf, newChannelState } from '#domain/notify/channel-state.ts';
import { isFinal, type NoticeStatus, type Waiting } from '#domain/notify/notice.ts';
import type { Thread } from '#domain/notify/thread.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';

/** The states of the channels that were used, by name. */
type ChannelStates = ReadonlyMap<string, ChannelState>;

type Stored = {
  state: ChannelState;
  token: string | undefined;
  heldUntil: Instant;
  queue: Map<string, Waiting>;
  endings: Map<string, NoticeStatus>;
  threads: Map<string, Thread>;
  counts: Map<Instant, ChannelCounts>;
};

const HELD_MS = 60 * SECOND_MS;

/** An outbox that also shows what notify does not ask for. */
type SimulatedOutbox = Outbox &
  Readonly<{
    states: () => ChannelStates;
    /** The ends of news on a channel, by its key. */
    endings: (channel: string) => ReadonlyMap<string, NoticeStatus>;
    /** Counts of what became of news on a channel, by the hour of UTC. */
    counts: (channel: string) => ReadonlyMap<Instant, ChannelCounts>;
  }>;

/** The table of DynamoDB as far as channels use it: a queue for each, which one at a time may lease. */
export const createOutbox = (): SimulatedOutbox => {
  const channels = new Map<string, Stored>();
  let tokens = 0;
  const storeOf = (channel: string): Stored => {
    const found = channels.get(channel) ?? newStore();
    channels.set(channel, found);
    return found;
  };

  return {
    enqueue: async (channel, items) => {
      const { endings, queue } = storeOf(channel);
      for (const item of items) {
        if (!isFinal(item, endings.get(item.key)) && !queue.has(item.key))
          queue.set(item.key, item);
      }
      return new Map(items.flatMap((item) => endingsOf(endings, item)));
    },
    isEmpty: async (channel) => storeOf(channel).queue.size === 0,
    open: async (channel, now) => {
      const store = storeOf(channel);
      if (store.token !== undefined && now < store.heldUntil) return undefined;

      tokens += 1;
      store.token = `token-${tokens}`;
      store.heldUntil = now + HELD_MS;
      return queueOf(store, { channel, token: store.token });
    },
    save: async ({ channel, token }, state) => {
      const store = storeOf(channel);
      if (store.token !== token) return false;
      store.state = state;
      return true;
    },
    commit: async ({ channel, token }, conclusion) =>
      storeOf(channel).token === token && commit(storeOf(channel), conclusion),
    close: async ({ channel, token }) => {
      const store = storeOf(channel);
      if (store.token === token) store.token = undefined;
    },
    readThread: async (channel, incident) => storeOf(channel).threads.get(incident),
    endings: (channel) => storeOf(channel).endings,
    counts: (channel) => storeOf(channel).counts,
    states: () => new Map([...channels].map(([name, { state }]) => [name, state])),
  };
};

const newStore = (): Stored => ({
  state: newChannelState,
  token: undefined,
  heldUntil: 0,
  queue: new Map(),
  endings: new Map(),
  threads: new Map(),
  counts: new Map(),
});

const endingsOf = (
  endings: ReadonlyMap<string, NoticeStatus>,
  item: Waiting,
): readonly (readonly [string, NoticeStatus])[] => {
  const ending = endings.get(item.key);
  return isFinal(item, ending) ? [[item.key, ending]] : [];
};

const queueOf = (
  { state, queue }: Stored,
  held: Pick<ChannelQueue, 'channel' | 'token'>,
): ChannelQueue => ({
  ...held,
  state,
  waiting: [...queue.values()],
});

const commit = (store: Stored, { state, ended, thread, at }: QueueResults): boolean => {
  store.state = state;
  const hour = hourOf(at);
  store.counts.set(hour, addCounts(store.counts.get(hour) ?? NO_COUNTS, countsOf(ended)));
  for (const { item, ending } of ended) {
    store.queue.delete(item.key);
    store.endings.set(item.key, ending);
  }
  if (thread !== undefined) store.threads.set(thread.name, thread.thread);
  return true;
};
