import { describeParameter, type SlackChannel } from '#domain/configuration/channel.ts';
import type { Message } from '#domain/notify/message.ts';
import type { Delivery } from '#domain/notify/notice.ts';
import type { ChannelDisplay } from './channel-kind.ts';
import { fixWebhook, renderJson } from './describe-fix.ts';
import { postToChannel, type WebhookPorts } from './post-to-channel.ts';
import { slackMessage } from './slack-message.ts';

/** Sends a message to the incoming webhook of a Slack channel. */
export const sendToSlack =
  (ports: WebhookPorts) =>
  (channel: SlackChannel, message: Message): Promise<Delivery> =>
    postToChannel(ports, channel, {
      service: 'Slack',
      body: JSON.stringify(slackMessage(message)),
    });

export const slackDisplay: ChannelDisplay<SlackChannel> = {
  describe: ({ webhookParameter }) =>
    `Slack, by the webhook in ${describeParameter(webhookParameter)}`,
  render: (message) => renderJson(slackMessage(message)),
  extension: 'json',
  fix: fixWebhook,
};
