import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { Channel } from '#domain/configuration/channel.ts';
import type { Message } from '#domain/notify/message.ts';
import type { Delivery } from '#domain/notify/notice.ts';
import type { Thread } from '#domain/notify/thread.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { WebhookPorts } from './post-to-channel.ts';

/** Ports for all that channels send through. */
export type SendPorts = WebhookPorts &
  Readonly<{
    /** Both clients need `maxAttempts: 1`: the SDK must not repeat what was perhaps sent. */
    sns: SNSClient;
    ses: SESv2Client;
    /** The topic of each channel that is reached by SNS, by its name. */
    mailTopics: ReadonlyMap<string, string>;
    region: string;
    now: () => Instant;
  }>;

/** A sender says honestly what became of a message, and does not throw. A thread is for channels that support them. */
export type Sender<C extends Channel> = (
  ports: SendPorts,
) => (channel: C, message: Message, thread?: Thread) => Promise<Delivery>;

/** The display of a kind of channel is all that the command shows of it. */
export type ChannelDisplay<C extends Channel> = Readonly<{
  /** It names the destination: `Slack, by the webhook in /tidegate/slack`. */
  describe: (channel: C) => string;
  /** It shows what would be sent, without secrets. */
  render: (message: Message) => string;
  /** The ending of a file with what it renders. */
  extension: 'json' | 'html' | 'txt';
  /** It says what to do when the channel takes nothing any more. */
  fix: (channel: C) => string;
  /** The action of AWS that sends; none where it is a post over HTTPS. */
  action?: 'sns:Publish' | 'ses:SendEmail';
}>;
