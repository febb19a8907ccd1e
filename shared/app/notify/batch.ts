import type { Channel } from '#domain/configuration/channel.ts';
import type { ChannelLease } from '#domain/notify/channel-queue.ts';
import type { ChannelState } from '#domain/notify/channel-state.ts';
import type { EndedNotice, Waiting } from '#domain/notify/notice.ts';

/** A batch is what a channel is told now, in one message. */
export type Batch = Readonly<{
  channel: Channel;
  lease: ChannelLease;
  state: ChannelState;
  items: readonly Waiting[];
}>;

/** The result of a batch: the state of the channel after it, and the items that have ended. */
export type BatchResult = Readonly<{
  state: ChannelState;
  ended: readonly EndedNotice[];
  /** The reason for which the channel is given up for now. */
  trouble?: Error;
}>;

/** The channel was held for too long, and somebody else has it by now. */
export const lostLease = ({ name }: Channel): Error =>
  new Error(`somebody else has taken ${name} over`);
