import type { Channel } from '#domain/configuration/channel.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import type { Message } from '#domain/notify/message.ts';
import type { Delivery } from '#domain/notify/notice.ts';
import { goingOn, keepsTalks, type Talk, talkAfter, talkName } from '#domain/notify/thread.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Turn } from './batch.ts';
import type { Conclusion, NotifyPorts } from './ports.ts';

/** What a thread waits for is told there by itself, and not gathered with the rest. */
export const narrowed = async ({ outbox, now }: NotifyPorts, turn: Turn): Promise<Turn> => {
  const { channel, items } = turn;
  if (!keepsTalks(channel) || items.length === 1) return turn;

  const names = items.map(({ news }) => talkName(channel, describeNews(news)));
  const talks = new Map<string, Talk | undefined>();
  for (const name of new Set(names)) talks.set(name, await outbox.readTalk(channel.name, name));
  const own = items.find(
    (_, index) => goingOn(talks.get(names[index] ?? ''), now())?.state === 'open',
  );
  return own === undefined ? turn : { ...turn, items: [own] };
};

/** The talk that a message goes on with, if it goes on with one. */
export const talkOn = async (
  { outbox, now }: NotifyPorts,
  { channel, items }: Turn,
  message: Message,
): Promise<Talk | undefined> =>
  keepsTalks(channel) && items.length === 1
    ? goingOn(await outbox.readTalk(channel.name, talkName(channel, message)), now())
    : undefined;

type Said = Readonly<{
  message: Message;
  talk: Talk | undefined;
  delivery: Delivery;
  now: Instant;
}>;

/** What is said of an incident once a message was sent. */
export const talkIn = (
  { message, talk, delivery, now }: Said,
  channel: Channel,
): Pick<Conclusion, 'talk'> => {
  if (delivery.kind !== 'sent' || delivery.sentAs === undefined) return {};
  if (message.incident.key === 'digest') return {};

  const next = talkAfter(talk, message, { sentAs: delivery.sentAs, now });
  return { talk: { name: talkName(channel, message), talk: next } };
};
