import type { Channel } from '#domain/configuration/channel.ts';
import type { ChannelDisplay, Sender, SendPorts } from './channel-kind.ts';
import { pagerDutyDisplay, sendToPagerDuty } from './pagerduty.ts';
import { mailDisplay, mailSender } from './ses-mail.ts';
import { sendToSlack, slackDisplay } from './slack.ts';
import { sendToSlackBot, slackBotDisplay } from './slack-bot.ts';
import { emailDisplay, emailSender } from './sns-email.ts';
import { sendToTeams, teamsDisplay } from './teams.ts';
import { sendToWebhook, webhookDisplay } from './webhook.ts';

/** The senders of the kinds of channels; a kind without its sender does not compile. */
const SENDERS: { readonly [K in Channel['kind']]: Sender<Extract<Channel, { kind: K }>> } = {
  slack: sendToSlack,
  'slack-bot': sendToSlackBot,
  teams: sendToTeams,
  webhook: sendToWebhook,
  pagerduty: sendToPagerDuty,
  email: emailSender,
  mail: mailSender,
};

/** The displays of the kinds of channels, apart from the senders: the function does not carry them. */
const DISPLAYS: {
  readonly [K in Channel['kind']]: ChannelDisplay<Extract<Channel, { kind: K }>>;
} = {
  slack: slackDisplay,
  'slack-bot': slackBotDisplay,
  teams: teamsDisplay,
  webhook: webhookDisplay,
  pagerduty: pagerDutyDisplay,
  email: emailDisplay,
  mail: mailDisplay,
};

/** Sends a message the way that its channel is reached. */
export const sendThrough =
  (ports: SendPorts): ReturnType<Sender<Channel>> =>
  (channel, message, thread) =>
    (SENDERS[channel.kind] as Sender<Channel>)(ports)(channel, message, thread);

/** Looks up the display of a channel; the table has that of its own kind. */
export const displayOf = ({ kind }: Channel): ChannelDisplay<Channel> =>
  DISPLAYS[kind] as ChannelDisplay<Channel>;
