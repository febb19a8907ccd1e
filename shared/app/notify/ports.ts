import type { Whereabouts } from '#domain/basics/whereabouts.ts';
import type { Channel } from '#domain/configuration/channel.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import type { Opening, Window } from '#domain/configuration/schedule.ts';
import type { TakeNote } from '#domain/lane/note.ts';
import type { ChannelLease, ChannelQueue, QueueResults } from '#domain/notify/channel-queue.ts';
import type { ChannelState } from '#domain/notify/channel-state.ts';
import type { Message } from '#domain/notify/message.ts';
import type { MessageContext } from '#domain/notify/message-context.ts';
import type { News } from '#domain/notify/news.ts';
import type { Delivery, NoticeStatus, Waiting } from '#domain/notify/notice.ts';
import type { Thread } from '#domain/notify/thread.ts';
import type { Instant } from '#domain/time/instant.ts';

export type NotifyPorts = Readonly<{
  configuration: Pick<Configuration, 'alerts' | 'channels' | 'routes'>;
  /** The deployment that speaks: every message names it. */
  where: Whereabouts;
  outbox: Outbox;
  /** Sends a message, as the next of a thread if there is one. */
  send: (channel: Channel, message: Message, thread?: Thread) => Promise<Delivery>;
  /** Sends a piece of news to the function's own queue, to be told like any other. */
  retell: (news: News) => Promise<void>;
  /** Reads what a message says beside the news: where to read on, and the metric that it is about. */
  readMessageContext: (news: News) => Promise<MessageContext>;
  openingOf: (window: Window, now: Instant) => Opening;
  note: TakeNote;
  now: () => Instant;
}>;

/** The memory of what is to be told and was told, on each channel. */
export type Outbox = Readonly<{
  /** Puts news into the queue of a channel, unless it has ended there; answers how it ended, by key. */
  enqueue: (
    channel: string,
    items: readonly Waiting[],
  ) => Promise<ReadonlyMap<string, NoticeStatus>>;
  /** Tells whether the queue of a channel is empty; cheap. */
  isEmpty: (channel: string) => Promise<boolean>;
  /** Leases a channel for a minute; undefined while somebody else has it. */
  open: (channel: string, now: Instant) => Promise<ChannelQueue | undefined>;
  /** Writes down what is about to be sent; false when somebody else has the channel by now. */
  save: (lease: ChannelLease, state: ChannelState) => Promise<boolean>;
  /** Takes what has ended out of the queue for good, and remembers the rest. False as above. */
  commit: (lease: ChannelLease, results: QueueResults) => Promise<boolean>;
  /** Releases the lease. */
  close: (lease: ChannelLease) => Promise<void>;
  readThread: (channel: string, name: string) => Promise<Thread | undefined>;
}>;
