import type { Channel } from '#domain/configuration/channel.ts';
import type { QueueResults } from '#domain/notify/channel-queue.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import type { Message } from '#domain/notify/message.ts';
import type { Delivery } from '#domain/notify/notice.ts';
import {
  currentThread,
  supportsThreads,
  type Thread,
  threadAfter,
  threadName,
} from '#domain/notify/thread.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Batch } from './batch.ts';
import type { NotifyPorts } from './ports.ts';

/** News that an open thread waits for is told there by itself, and not gathered with the rest. */
export const narrowToThread = async (
  { outbox, now }: NotifyPorts,
  batch: Batch,
): Promise<Batch> => {
  const { channel, items } = batch;
  if (!supportsThreads(channel) || items.length === 1) return batch;

  const names = items.map(({ news }) => threadName(channel, describeNews(news)));
  const threads = new Map<string, Thread | undefined>();
  for (const name of new Set(names)) threads.set(name, await outbox.readThread(channel.name, name));
  const own = items.find(
    (_, index) => currentThread(threads.get(names[index] ?? ''), now())?.state === 'open',
  );
  return own === undefined ? batch : { ...batch, items: [own] };
};

/** The thread that a message goes on with, if it goes on with one. */
export const threadFor = async (
  { outbox, now }: NotifyPorts,
  { channel, items }: Batch,
  message: Message,
): Promise<Thread | undefined> =>
  supportsThreads(channel) && items.length === 1
    ? currentThread(await outbox.readThread(channel.name, threadName(channel, message)), now())
    : undefined;

type ThreadUpdate = Readonly<{
  message: Message;
  thread: Thread | undefined;
  delivery: Delivery;
  now: Instant;
}>;

/** The thread to be written once a message was sent. */
export const threadWrite = (
  { message, thread, delivery, now }: ThreadUpdate,
  channel: Channel,
): Pick<QueueResults, 'thread'> => {
  if (delivery.kind !== 'sent' || delivery.sentAs === undefined) return {};
  if (message.incident.key === 'digest') return {};

  const next = threadAfter(thread, message, { sentAs: delivery.sentAs, now });
  return { thread: { name: threadName(channel, message), thread: next } };
};
