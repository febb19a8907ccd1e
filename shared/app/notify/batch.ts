import type { Channel } from '#domain/configuration/channel.ts';
import type { ChannelState } from '#domain/notify/channel-state.ts';
import type { Ending, Waiting } from '#domain/notify/notice.ts';
import type { Held } from './ports.ts';

/** What is told now, on which channel. */
export type Turn = Readonly<{
  channel: Channel;
  line: Held;
  state: ChannelState;
  items: readonly Waiting[];
}>;

/** What a turn changed. */
export type Turned = Readonly<{
  state: ChannelState;
  ended: readonly Readonly<{ item: Waiting; ending: Ending }>[];
  /** Why the channel is given up for now. */
  trouble?: Error;
}>;

/** The channel was held for too long, and somebody else has it by now. */
export const lostTo = ({ name }: Channel): Error =>
  new Error(`somebody else has taken ${name} over`);
