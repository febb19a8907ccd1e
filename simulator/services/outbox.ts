import type { Conclusion, Line, Outbox } from '#app/notify/ports.ts';
import { type ChannelState, newChannelState } from '#domain/notify/channel-state.ts';
import { type Ending, isOver, type Waiting } from '#domain/notify/notice.ts';
import type { Talk } from '#domain/notify/thread.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';

type Stored = {
  state: ChannelState;
  token: string | undefined;
  heldUntil: Instant;
  line: Map<string, Waiting>;
  endings: Map<string, Ending>;
  talks: Map<string, Talk>;
};

const HELD_MS = 60 * SECOND_MS;

/** The table of DynamoDB as far as channels use it: a line for each, which one at a time may hold. */
export const createOutbox = (): Outbox => {
  const channels = new Map<string, Stored>();
  let tokens = 0;
  const storeOf = (channel: string): Stored => {
    const found = channels.get(channel) ?? newStore();
    channels.set(channel, found);
    return found;
  };

  return {
    enlist: async (channel, items) => {
      const { endings, line } = storeOf(channel);
      for (const item of items) {
        if (!isOver(item, endings.get(item.key)) && !line.has(item.key)) line.set(item.key, item);
      }
      return new Map(items.flatMap((item) => endingsOf(endings, item)));
    },
    isEmpty: async (channel) => storeOf(channel).line.size === 0,
    open: async (channel, now) => {
      const store = storeOf(channel);
      if (store.token !== undefined && now < store.heldUntil) return undefined;

      tokens += 1;
      store.token = `token-${tokens}`;
      store.heldUntil = now + HELD_MS;
      return lineOf(store, { channel, token: store.token });
    },
    save: async ({ channel, token }, state) => {
      const store = storeOf(channel);
      if (store.token !== token) return false;
      store.state = state;
      return true;
    },
    conclude: async ({ channel, token }, conclusion) =>
      storeOf(channel).token === token && conclude(storeOf(channel), conclusion),
    close: async ({ channel, token }) => {
      const store = storeOf(channel);
      if (store.token === token) store.token = undefined;
    },
    readTalk: async (channel, incident) => storeOf(channel).talks.get(incident),
  };
};

const newStore = (): Stored => ({
  state: newChannelState,
  token: undefined,
  heldUntil: 0,
  line: new Map(),
  endings: new Map(),
  talks: new Map(),
});

const endingsOf = (
  endings: ReadonlyMap<string, Ending>,
  item: Waiting,
): readonly (readonly [string, Ending])[] => {
  const ending = endings.get(item.key);
  return isOver(item, ending) ? [[item.key, ending]] : [];
};

const lineOf = ({ state, line }: Stored, held: Pick<Line, 'channel' | 'token'>): Line => ({
  ...held,
  state,
  waiting: [...line.values()],
});

const conclude = (store: Stored, { state, ended, talk }: Conclusion): boolean => {
  store.state = state;
  for (const { item, ending } of ended) {
    store.line.delete(item.key);
    store.endings.set(item.key, ending);
  }
  if (talk !== undefined) store.talks.set(talk.name, talk.talk);
  return true;
};
