import type { Channel } from '#domain/configuration/channel.ts';
import type { Message } from '#domain/notify/message.ts';
import type { Delivery } from '#domain/notify/notice.ts';
import type { Received } from '../history.ts';
import type { ServiceWorld } from './world.ts';

/** The people at the other end of every channel: they take each message and keep it. */
export const createInbox = ({ timeline, history, answer }: ServiceWorld) => {
  const received: Received[] = [];

  return {
    received: (): readonly Received[] => received,
    take: (channel: Channel, message: Message): Delivery => {
      const delivery = answer(channel.name);
      if (delivery.kind !== 'sent' && delivery.kind !== 'unclear') return delivery;
      received.push({ channel, message });
      history.record({ at: timeline.now(), kind: 'received', received: { channel, message } });
      return delivery;
    },
  };
};
