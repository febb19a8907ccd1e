import type { ChannelCounts } from '#domain/notify/channel-counts.ts';

/** The report of what one channel was told in a time. */
export type ChannelReport = Readonly<{ channel: string }> & ChannelCounts;

/** Puts what a channel was told into a sentence: `34 messages about 112 pieces of news, of which 90 were gathered`. */
export const describeChannelReport = (report: ChannelReport): string => {
  const { messages, told, gathered } = report;
  return [
    messages === 0 ? 'nothing was told' : toldWords({ messages, told, gathered }),
    ...LOST.flatMap(([name, words]) => (report[name] === 0 ? [] : [`${report[name]} ${words}`])),
  ].join('; ');
};

const toldWords = ({
  messages,
  told,
  gathered,
}: Pick<ChannelCounts, 'messages' | 'told' | 'gathered'>): string => {
  const text = messages === 1 ? '1 message' : `${messages} messages`;
  if (gathered === 0) return text;
  return `${text} about ${told} pieces of news, of which ${gathered} were gathered`;
};

const LOST: readonly (readonly [keyof ChannelCounts, string])[] = [
  ['failedOver', 'told on another channel'],
  ['dropped', 'dropped while the channel was broken'],
  ['refused', 'refused by the channel'],
  ['uncertain', 'perhaps not told'],
];
