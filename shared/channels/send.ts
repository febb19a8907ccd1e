import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { Channel } from '#domain/configuration/channel.ts';
import type { Message } from '#domain/notify/message.ts';
import type { Delivery } from '#domain/notify/notice.ts';
import type { Thread } from '#domain/notify/thread.ts';
import { sendEmail } from './email.ts';
import { sendMail } from './mail.ts';
import { sendToPagerDuty } from './pagerduty.ts';
import { sendToSlack } from './slack.ts';
import { sendToSlackBot } from './slack-bot.ts';
import { sendToTeams } from './teams.ts';
import { type SignedPorts, sendToWebhook } from './webhook.ts';

export type SendPorts = SignedPorts &
  Readonly<{
    /** What was perhaps sent is not the SDK's to send again: both need `maxAttempts: 1`. */
    sns: SNSClient;
    ses: SESv2Client;
    /** The topic of each channel that is reached by SNS, by its name. */
    mailTopics: ReadonlyMap<string, string>;
    region: string;
  }>;

/** Sends a message the way that its channel is reached. A new kind of channel adds its case here. */
export const sendThrough = (ports: SendPorts) => {
  const [toSlack, toSlackBot] = [sendToSlack(ports), sendToSlackBot(ports)];
  const [toTeams, toWebhook] = [sendToTeams(ports), sendToWebhook(ports)];
  const toPagerDuty = sendToPagerDuty(ports);
  const toTopic = sendEmail(ports.sns, ports.mailTopics);
  const toMailbox = sendMail(ports.ses, ports.region);

  return (channel: Channel, message: Message, thread?: Thread): Promise<Delivery> => {
    switch (channel.kind) {
      case 'slack':
        return toSlack(channel, message);
      case 'slack-bot':
        return toSlackBot(channel, message, thread);
      case 'teams':
        return toTeams(channel, message);
      case 'webhook':
        return toWebhook(channel, message);
      case 'pagerduty':
        return toPagerDuty(channel, message);
      case 'email':
        return toTopic(channel, message);
      case 'mail':
        return toMailbox(channel, message, thread);
    }
  };
};
