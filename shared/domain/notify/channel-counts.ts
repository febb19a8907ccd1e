import type { EndedNotice, NoticeStatus } from './notice.ts';

/** Counts of what became of news on a channel in a time. */
export type ChannelCounts = Readonly<{
  /** Messages that the channel took. */
  messages: number;
  /** Pieces of news in them. */
  told: number;
  /** Those of `told` that shared a message with others: gathered by a digest, or late. */
  gathered: number;
  refused: number;
  uncertain: number;
  failedOver: number;
  dropped: number;
}>;

export const NO_COUNTS: ChannelCounts = {
  messages: 0,
  told: 0,
  gathered: 0,
  refused: 0,
  uncertain: 0,
  failedOver: 0,
  dropped: 0,
};

/** Every count, in the order in which people read them. */
export const COUNT_NAMES = Object.keys(NO_COUNTS) as readonly (keyof ChannelCounts)[];

/**
 * Counts what ended together on a channel. What was sent at once was one message. An end that nobody had to be told of
 * counts for nothing.
 */
export const countsOf = (ended: readonly Pick<EndedNotice, 'ending'>[]): ChannelCounts => {
  const count = (kind: NoticeStatus['kind']): number =>
    ended.filter(({ ending }) => ending.kind === kind).length;
  const told = count('sent');
  return {
    messages: Math.min(told, 1),
    told,
    gathered: told > 1 ? told : 0,
    refused: count('refused'),
    uncertain: count('uncertain'),
    failedOver: count('failed-over'),
    dropped: count('dropped'),
  };
};

/** Adds counts up. */
export const addCounts = (a: ChannelCounts, b: ChannelCounts): ChannelCounts => ({
  messages: a.messages + b.messages,
  told: a.told + b.told,
  gathered: a.gathered + b.gathered,
  refused: a.refused + b.refused,
  uncertain: a.uncertain + b.uncertain,
  failedOver: a.failedOver + b.failedOver,
  dropped: a.dropped + b.dropped,
});
