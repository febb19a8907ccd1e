import type { Channel } from '#domain/configuration/channel.ts';
import type { Message } from '#domain/notify/message.ts';
import { emailBody, emailSubject } from './email-message.ts';
import { mailHtml } from './mail-html.ts';
import { pagerDutyEvent } from './pagerduty-event.ts';
import { slackMessage } from './slack-message.ts';
import { teamsMessage } from './teams-message.ts';

/** What would be sent on a channel, without its secrets. */
export const render = (channel: Channel, message: Message): string => {
  switch (channel.kind) {
    case 'slack':
    case 'slack-bot':
      return json(slackMessage(message));
    case 'teams':
      return json(teamsMessage(message));
    case 'webhook':
      return json({ schemaVersion: 1, ...message });
    case 'pagerduty':
      return json(pagerDutyEvent(message, 'ROUTING-KEY'));
    case 'mail':
      return mailHtml(message);
    case 'email':
      return `Subject: ${emailSubject(message)}\n\n${emailBody(message)}`;
  }
};

const json = (value: unknown): string => JSON.stringify(value, null, 2);
