import { describeParameter, type TeamsChannel } from '#domain/configuration/channel.ts';
import type { Message } from '#domain/notify/message.ts';
import type { Delivery } from '#domain/notify/notice.ts';
import type { ChannelDisplay } from './channel-kind.ts';
import { fixWebhook, renderJson } from './describe-fix.ts';
import { postToChannel, type WebhookPorts } from './post-to-channel.ts';
import { teamsMessage } from './teams-message.ts';

/** Sends a message to the webhook of a workflow of Microsoft Teams. */
export const sendToTeams =
  (ports: WebhookPorts) =>
  (channel: TeamsChannel, message: Message): Promise<Delivery> =>
    postToChannel(ports, channel, {
      service: 'Teams',
      body: JSON.stringify(teamsMessage(message)),
    });

export const teamsDisplay: ChannelDisplay<TeamsChannel> = {
  describe: ({ webhookParameter }) =>
    `Microsoft Teams, by the webhook in ${describeParameter(webhookParameter)}`,
  render: (message) => renderJson(teamsMessage(message)),
  extension: 'json',
  fix: fixWebhook,
};
