import type { Channel } from '../../shared/domain/configuration.ts';
import type { Message } from '../../shared/domain/describe-news.ts';
import type { Delivery } from '../../shared/domain/notice.ts';

export type Received = Readonly<{ channel: Channel; message: Message }>;

export type Inbox = ReturnType<typeof createInbox>;

/** The people at the other end of every channel: they take each message and keep it. */
export const createInbox = () => {
  const received: Received[] = [];
  const readers: ((received: Received) => void)[] = [];

  return {
    received: (): readonly Received[] => received,
    /** Calls back for every message that arrives. */
    onMessage: (reader: (received: Received) => void): void => {
      readers.push(reader);
    },
    take: (channel: Channel, message: Message): Delivery => {
      received.push({ channel, message });
      for (const read of readers) read({ channel, message });
      return { kind: 'sent' };
    },
  };
};
