import type { Instant } from '#domain/time/instant.ts';
import type { ChannelState } from './channel-state.ts';
import type { EndedNotice, Waiting } from './notice.ts';
import type { Thread } from './thread.ts';

/** A channel that is ours for a minute, by a token that nobody else knows. */
export type ChannelLease = Readonly<{ channel: string; token: string }>;

/** All that waits in the queue of a channel. */
export type ChannelQueue = ChannelLease &
  Readonly<{ state: ChannelState; waiting: readonly Waiting[] }>;

/** The results to be written into a queue at once: what has ended, and what is remembered from now on. */
export type QueueResults = Readonly<{
  state: ChannelState;
  ended: readonly EndedNotice[];
  at: Instant;
  /** The thread of an incident as it stands now. */
  thread?: Readonly<{ name: string; thread: Thread }>;
}>;
