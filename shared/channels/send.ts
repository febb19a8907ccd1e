import type { Channel } from '../domain/configuration.ts';
import type { Message } from '../domain/describe-news.ts';
import type { Delivery } from '../domain/notice.ts';

/** How each kind of channel is reached. */
export type Senders = Readonly<{
  [K in Channel['kind']]: (
    channel: Extract<Channel, { kind: K }>,
    message: Message,
  ) => Promise<Delivery>;
}>;

/** Sends a message the way that its channel is reached. A new kind of channel adds its case here. */
export const sendThrough =
  (senders: Senders) =>
  (channel: Channel, message: Message): Promise<Delivery> => {
    switch (channel.kind) {
      case 'slack':
        return senders.slack(channel, message);
      case 'teams':
        return senders.teams(channel, message);
      case 'webhook':
        return senders.webhook(channel, message);
      case 'pagerduty':
        return senders.pagerduty(channel, message);
      case 'email':
        return senders.email(channel, message);
    }
  };
