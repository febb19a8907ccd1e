import type { Whereabouts } from '#domain/basics/whereabouts.ts';
import type { Channel } from '#domain/configuration/channel.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import type { Opening, Window } from '#domain/configuration/schedule.ts';
import type { TakeNote } from '#domain/lane/note.ts';
import type { ChannelState } from '#domain/notify/channel-state.ts';
import type { Message } from '#domain/notify/message.ts';
import type { Surroundings } from '#domain/notify/message-context.ts';
import type { News } from '#domain/notify/news.ts';
import type { Delivery, Ending, Waiting } from '#domain/notify/notice.ts';
import type { Talk } from '#domain/notify/thread.ts';
import type { Instant } from '#domain/time/instant.ts';

export type NotifyPorts = Readonly<{
  configuration: Pick<Configuration, 'alerts' | 'channels' | 'routes'>;
  /** The deployment that speaks: every message names it. */
  where: Whereabouts;
  outbox: Outbox;
  /** Sends a message, as the next of a talk if there is one. */
  send: (channel: Channel, message: Message, talk?: Talk) => Promise<Delivery>;
  /** Sends a piece of news to the function's own queue, to be told like any other. */
  retell: (news: News) => Promise<void>;
  /** What a message says beside the news: where to read on, and the metric that it is about. */
  surround: (news: News) => Promise<Surroundings>;
  openingOf: (window: Window, now: Instant) => Opening;
  note: TakeNote;
  now: () => Instant;
}>;

/** The memory of what is to be told and was told, on each channel. */
export type Outbox = Readonly<{
  /** Puts news in line, unless it has ended there; answers how it ended, by key. */
  enlist: (channel: string, items: readonly Waiting[]) => Promise<ReadonlyMap<string, Ending>>;
  /** Whether nothing is in line for a channel; cheap. */
  isEmpty: (channel: string) => Promise<boolean>;
  /** Takes a channel for a minute; undefined while somebody else has it. */
  open: (channel: string, now: Instant) => Promise<Line | undefined>;
  /** Writes what is set out to; false when somebody else has the channel by now. */
  save: (line: Held, state: ChannelState) => Promise<boolean>;
  /** Takes what has ended out of the line for good, and remembers the rest. False as above. */
  conclude: (line: Held, conclusion: Conclusion) => Promise<boolean>;
  /** Lets others have the channel. */
  close: (line: Held) => Promise<void>;
  readTalk: (channel: string, name: string) => Promise<Talk | undefined>;
}>;

/** A channel that is held, by its token. */
export type Held = Readonly<{ channel: string; token: string }>;

/** All that is in line for a channel. */
export type Line = Held & Readonly<{ state: ChannelState; waiting: readonly Waiting[] }>;

export type Conclusion = Readonly<{
  state: ChannelState;
  ended: readonly Readonly<{ item: Waiting; ending: Ending }>[];
  at: Instant;
  /** What is now said of an incident. */
  talk?: Readonly<{ name: string; talk: Talk }>;
}>;
